using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Testing;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Accounts.Administration;

/// <summary>Somebody always administers, in whatever order two of them act, and nobody takes it from themself.</summary>
public sealed class LastAdministratorTests : IAsyncLifetime
{
    private static readonly string[] Losses = ["deactivate", "block", "delete", "demote"];

    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Pairs => [.. Losses.SelectMany(first => Losses.Select(second => (first, second)))];

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Of_two_administrators_who_lose_each_other_at_once_one_stays(string first, string second)
    {
        var (one, other) = (await _host.CreateUserAsync(roles: RoleNames.Administrator), await _host.CreateUserAsync(roles: RoleNames.Administrator));
        var (byOne, byOther) = (await _host.OperatorAsync(one), await _host.OperatorAsync(other));

        var outcomes = await Task.WhenAll(
            Task.Run(() => LoseAsync(first, other.Email, byOne), Token),
            Task.Run(() => LoseAsync(second, one.Email, byOther), Token));

        Assert.Single(outcomes, outcome => outcome is AdminOutcome.Done);
        // The loser of the race is refused as the last one's, or administers no more themself.
        Assert.Single(outcomes, outcome => outcome is AdminOutcome.Refused or AdminOutcome.NotAllowed);
        var left = 0;
        foreach (var person in new[] { one, other })
        {
            left += await _host.Get<IUserAdmin>().FindAsync(person.Email, Token) is { IsActive: true, Roles.Count: 1 } ? 1 : 0;
        }

        Assert.Equal(1, left);
    }

    [Theory]
    [InlineData("deactivate")]
    [InlineData("block")]
    [InlineData("delete")]
    [InlineData("demote")]
    public async Task The_last_one_is_not_lost_and_nobody_loses_themself(string loss)
    {
        var last = await _host.CreateUserAsync(roles: RoleNames.Administrator);

        Assert.Equal([Memberships.LastAdministrator], Assert.IsType<AdminOutcome.Refused>(await LoseAsync(loss, last.Email, Operator.CommandLine)).Errors);

        await _host.CreateUserAsync(roles: RoleNames.Administrator);
        Assert.IsType<AdminOutcome.Refused>(await LoseAsync(loss, last.Email, await _host.OperatorAsync(last)));
        Assert.IsType<AdminOutcome.Done>(await LoseAsync(loss, last.Email, Operator.CommandLine));
    }

    [Theory]
    [InlineData("deactivate")]
    [InlineData("block")]
    [InlineData("delete")]
    [InlineData("demote")]
    public async Task Who_cannot_sign_in_yet_is_no_other_administrator(string loss)
    {
        var working = await _host.CreateUserAsync("working@example.org", roles: RoleNames.Administrator);
        var unconfirmed = await _host.CreateUserAsync("unconfirmed@example.net", isConfirmed: false, roles: RoleNames.Administrator);
        const string invited = "invited@example.net";
        await _host.Get<IUserAdmin>().InviteAsync(new Invitation { Email = invited, Roles = [RoleNames.Administrator] }, Operator.CommandLine, Token);

        Assert.Equal([Memberships.LastAdministrator], Assert.IsType<AdminOutcome.Refused>(await LoseAsync(loss, working.Email, Operator.CommandLine)).Errors);
        Assert.IsType<AdminOutcome.Refused>(await _host.Get<IDomainAdmin>().SetAsync("example.org", "blocked", Operator.CommandLine, Token));
        // The other way round nobody is lost.
        Assert.IsType<AdminOutcome.Done>(await LoseAsync(loss, invited, await _host.OperatorAsync(working)));

        await _host.Get<IUserAdmin>().MoveAsync(unconfirmed.Email, UserMove.ConfirmEmail, reason: null, Operator.CommandLine, Token);
        Assert.IsType<AdminOutcome.Done>(await LoseAsync(loss, working.Email, Operator.CommandLine));
        Assert.IsType<AdminOutcome.Refused>(await LoseAsync(loss, unconfirmed.Email, Operator.CommandLine));
    }

    [Fact]
    public async Task Nor_by_an_address_that_is_yet_to_be_confirmed()
    {
        var last = await _host.CreateUserAsync(roles: RoleNames.Administrator);

        Assert.Equal([Memberships.LastAdministrator], Assert.IsType<AdminOutcome.Refused>(await ReaddressAsync(last, Operator.CommandLine)).Errors);
        Assert.NotNull((await _host.Get<IUserAdmin>().FindAsync(last.Email, Token))!.ConfirmedAt);
        // The same address and another name take nothing away.
        Assert.IsType<AdminOutcome.Done>(await EditAsync(last, Operator.CommandLine, (UserEdit.Email, last.Email), (UserEdit.UserName, "another-name")));

        await _host.CreateUserAsync(roles: RoleNames.Administrator);
        Assert.IsType<AdminOutcome.Done>(await ReaddressAsync(last, Operator.CommandLine));
    }

    [Fact]
    public async Task Nor_by_the_short_password_that_goes_with_the_app()
    {
        var last = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        await _host.AddSecondFactorAsync(last);
        await HasShortPasswordAsync(last);

        Assert.Equal([Memberships.LastAdministrator], Assert.IsType<AdminOutcome.Refused>(await RemoveAppAsync()).Errors);
        Assert.NotNull((await _host.Get<IUserAdmin>().DetailsAsync(last.Email, Token))!.AppSince);

        await _host.CreateUserAsync(roles: RoleNames.Administrator);
        Assert.IsType<AdminOutcome.Done>(await RemoveAppAsync());

        Task<AdminOutcome> RemoveAppAsync() => _host.Get<IUserAdmin>().RemoveFactorAsync(last.Email, "Lost the phone", Operator.CommandLine, Token);
    }

    [Fact]
    public async Task Nor_by_REST_from_a_session_of_somebody_who_could_not_sign_in_again()
    {
        var (last, other) = (await _host.CreateUserAsync(roles: RoleNames.Administrator), await _host.CreateUserAsync(roles: RoleNames.Administrator));
        await _host.AddSecondFactorAsync(last);
        await HasShortPasswordAsync(last);
        using var browser = await _host.BeginSessionAsync(other);
        await ApiHost.SendTokenAsync(browser);
        await _host.QueryAsync(context => context.Users.Where(row => row.Id == other.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(user => user.ConfirmedAt, (DateTimeOffset?)null), Token));

        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Post, "/deactivate", null),
            (HttpMethod.Post, "/block", null),
            (HttpMethod.Delete, "", null),
            (HttpMethod.Delete, "/roles/admin", null),
            (HttpMethod.Delete, "/second-factor", null),
            (HttpMethod.Patch, "", new { email = "elsewhere@example.net" }),
        })
        {
            using var request = new HttpRequestMessage(method, $"/api/admin/users/{last.Id}{path}") { Content = body is null ? null : JsonContent.Create(body) };
            using var answer = await browser.SendAsync(request, Token);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(Memberships.LastAdministrator.Message, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        using var signedIn = await PortalHost.SignInAsync(_host.CreateClient(), last, cancellationToken: Token);
        Assert.Equal("/login/two-factor", signedIn.LeadsTo());
    }

    [Fact]
    public async Task Who_signs_in_unconfirmed_or_by_a_provider_counts_where_that_is_allowed()
    {
        await using var host = await PortalHost.StartAsync(options =>
        {
            options.Settings["Accounts:RequireConfirmedEmail"] = "false";
            options.Settings["Accounts:LocalLogin"] = "false";
            options.Settings["ExternalProviders:0:Scheme"] = "orcid";
            options.Settings["ExternalProviders:0:Authority"] = "https://orcid.example";
            options.Settings["ExternalProviders:0:ClientId"] = "portal";
            options.Settings["ExternalProviders:0:DisplayName"] = "ORCID";
            options.Settings["ExternalProviders:0:ClientSecret"] = "not a secret";
        });
        var (one, other) = (await host.CreateUserAsync(roles: RoleNames.Administrator), await host.CreateUserAsync(isConfirmed: false, roles: RoleNames.Administrator));
        await LinkAsync(one, "orcid");
        await LinkAsync(other, "no-longer-set-up");
        Assert.IsType<AdminOutcome.Refused>(await host.Get<IUserAdmin>().DeactivateAsync(one.Email, Operator.CommandLine, Token));

        var only = await LinkAsync(other, "orcid");
        Assert.IsType<AdminOutcome.Done>(await host.Get<IUserAdmin>().DeactivateAsync(one.Email, Operator.CommandLine, Token));

        // Neither the password nor what is no longer set up would let them in.
        Assert.IsType<AdminOutcome.Refused>(await host.Get<IIdentityAdmin>().DeleteAsync(only, Operator.CommandLine, Token));
        // An address that is not confirmed would.
        Assert.IsType<AdminOutcome.Done>(await ReaddressAsync(other, Operator.CommandLine, host));

        Task<string> LinkAsync(TestUser user, string provider) => host.QueryAsync(async context =>
        {
            var identity = new UserIdentity { UserId = user.Id, LoginProvider = provider, ProviderKey = $"{user.Id}" };
            context.UserLogins.Add(identity);
            await context.SaveChangesAsync(Token);
            return identity.Id;
        });
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task Each_of_them_needs_a_recent_proof()
    {
        var by = await _host.OperatorAsync(await _host.CreateUserAsync(roles: RoleNames.Administrator));
        var other = await _host.CreateUserAsync();
        _host.Clock.Advance(TimeSpan.FromMinutes(11));

        foreach (var loss in Losses)
        {
            Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await LoseAsync(loss, other.Email, by));
        }
    }

    private Task<int> HasShortPasswordAsync(TestUser user) => _host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id)
        .ExecuteUpdateAsync(row => row.SetProperty(found => found.HasShortPassword, true), Token));

    private Task<AdminOutcome> ReaddressAsync(TestUser user, Operator by, PortalHost? host = null) =>
        EditAsync(user, by, host, (UserEdit.Email, $"elsewhere{user.Id}@example.net"));

    private Task<AdminOutcome> EditAsync(TestUser user, Operator by, params IEnumerable<(string Field, string? Value)> changes) => EditAsync(user, by, host: null, changes);

    private Task<AdminOutcome> EditAsync(TestUser user, Operator by, PortalHost? host, params IEnumerable<(string Field, string? Value)> changes) => (host ?? _host).Get<IUserAdmin>()
        .EditAsync($"{user.Id}", new UserEdit(changes.ToDictionary(change => change.Field, change => change.Value)) { Reason = "moved" }, by, Token);

    private Task<AdminOutcome> LoseAsync(string how, string whom, Operator by) => how switch
    {
        "deactivate" => _host.Get<IUserAdmin>().DeactivateAsync(whom, by, Token),
        "block" => _host.Get<IUserAdmin>().MoveAsync(whom, UserMove.Block, "misuse", by, Token),
        "delete" => _host.Get<IUserAdmin>().DeleteAsync(whom, "asked for it", by, cancellationToken: Token),
        _ => _host.Get<IRoleAdmin>().RemoveAsync(whom, RoleNames.Administrator, by, Token),
    };
}
