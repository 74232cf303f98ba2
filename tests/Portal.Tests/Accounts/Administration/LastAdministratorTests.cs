using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Testing;

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

        await LinkAsync(other, "orcid");
        Assert.IsType<AdminOutcome.Done>(await host.Get<IUserAdmin>().DeactivateAsync(one.Email, Operator.CommandLine, Token));

        Task<int> LinkAsync(TestUser user, string provider) => host.QueryAsync(context =>
        {
            context.UserLogins.Add(new UserIdentity { UserId = user.Id, LoginProvider = provider, ProviderKey = $"{user.Id}" });
            return context.SaveChangesAsync(Token);
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

    private Task<AdminOutcome> LoseAsync(string how, string whom, Operator by) => how switch
    {
        "deactivate" => _host.Get<IUserAdmin>().DeactivateAsync(whom, by, Token),
        "block" => _host.Get<IUserAdmin>().MoveAsync(whom, UserMove.Block, "misuse", by, Token),
        "delete" => _host.Get<IUserAdmin>().DeleteAsync(whom, "asked for it", by, cancellationToken: Token),
        _ => _host.Get<IRoleAdmin>().RemoveAsync(whom, RoleNames.Administrator, by, Token),
    };
}
