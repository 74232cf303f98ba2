using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Testing;

namespace Portal.Tests.Accounts.Administration;

public sealed class IdentityAdminTests : IAsyncLifetime
{
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IIdentityAdmin Identities => _host.Get<IIdentityAdmin>();

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task They_are_listed_found_by_any_name_narrowed_and_counted()
    {
        var (one, two) = (await _host.CreateUserAsync("one@example.org", "first"), await _host.CreateUserAsync("two@example.org", "second"));
        await LinkAsync(one.Id, "orcid", "0000-0001");
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await LinkAsync(two.Id, "orcid", "0000-0002");
        _host.Clock.Advance(TimeSpan.FromSeconds(1));
        await LinkAsync(two.Id, "github", "octo");

        var all = await Identities.ListAsync(new IdentityFilter(), cancellationToken: Token);
        Assert.Equal(["octo", "0000-0002", "0000-0001"], Ids(all));
        Assert.Equal([("github", 1L), ("orcid", 2L)], all.ByMethod.Select(method => (method.Key, method.Value.Count)));
        Assert.Equal(["octo"], Ids(await Identities.ListAsync(new IdentityFilter { Method = "github" }, cancellationToken: Token)));
        Assert.Equal(["0000-0001", "0000-0002"], Ids(await Identities.ListAsync(new IdentityFilter { Search = "0000" }, IdentitySort.ExternalId, isDescending: false, cancellationToken: Token)));
        Assert.Equal(["0000-0001"], Ids(await Identities.ListAsync(new IdentityFilter { Search = "One@" }, cancellationToken: Token)));
        Assert.Equal(["octo", "0000-0002"], Ids(await Identities.ListAsync(new IdentityFilter { Search = "seco" }, cancellationToken: Token)));

        Assert.Equal(["octo", "0000-0002"], Ids(await Identities.ListAsync(new IdentityFilter { Search = $"{two.Id}" }, cancellationToken: Token)));
        Assert.Equal(["0000-0002"], Ids(await Identities.ListAsync(new IdentityFilter { Search = "TWO@example.org", Method = "orcid" }, cancellationToken: Token)));
        Assert.Empty(Ids(await Identities.ListAsync(new IdentityFilter { Search = "%" }, cancellationToken: Token)));

        var page = await Identities.ListAsync(new IdentityFilter(), window: new ListWindow { Size = 2 }, cancellationToken: Token);
        Assert.Equal(["0000-0001"], Ids(await Identities.ListAsync(new IdentityFilter(), window: new ListWindow { Size = 2, After = page.Page.Next }, cancellationToken: Token)));
    }

    [Fact]
    public async Task A_removed_one_is_gone_and_told_in_the_log()
    {
        var (admin, user) = (await _host.CreateUserAsync(roles: RoleNames.Administrator), await _host.CreateUserAsync());
        var by = await _host.OperatorAsync(admin);
        var id = await LinkAsync(user.Id, "orcid", "0000-0001");

        Assert.IsType<AdminOutcome.Done>(await Identities.DeleteAsync(id, by, Token));
        Assert.IsType<AdminOutcome.NotFound>(await Identities.DeleteAsync(id, by, Token));

        Assert.Null(await Identities.FindAsync(id, Token));
        var row = await _host.QueryAsync(context => context.AuditEvents.SingleAsync(found => found.Kind == "identity-unlinked", Token));
        Assert.Equal((user.Id, admin.Id), (row.SubjectId, row.ActorId));
        Assert.Contains("0000-0001", row.Details, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "6.3.7")]
    [Trait("ASVS", "7.4.1")]
    public async Task The_sessions_that_began_with_it_end_no_other_does_and_the_person_is_told()
    {
        var (ana, ben) = (await _host.CreateUserAsync(), await _host.CreateUserAsync());
        var id = await LinkAsync(ana.Id, "orcid", "0000-0001");
        await LinkAsync(ben.Id, "orcid", "0000-0002");
        using var byProvider = await _host.BeginSessionAsync(ana);
        using var byPassword = await _host.BeginSessionAsync(ana);
        using var bens = await _host.BeginSessionAsync(ben);
        await VouchAsync(byProvider, "0000-0001");
        await VouchAsync(bens, "0000-0002");

        var outcome = await Identities.DeleteAsync(id, await _host.OperatorAsync(await _host.CreateUserAsync(roles: RoleNames.Administrator)), Token);

        Assert.Equal(1, Assert.IsType<AdminOutcome.Done>(outcome).EndedSessions);
        Assert.Equal((false, true, true), (await byProvider.IsSignedInAsync(), await byPassword.IsSignedInAsync(), await bens.IsSignedInAsync()));
        Assert.Contains("The people who run", (await _host.Mails.WaitForAsync(ana.Email, "orcid was unlinked", Token)).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_way_in_is_never_removed_and_only_a_configured_provider_is_one()
    {
        await using var host = await PortalHost.StartAsync(options =>
        {
            options.Settings["ExternalProviders:0:Scheme"] = "orcid";
            options.Settings["ExternalProviders:0:Authority"] = "https://orcid.example";
            options.Settings["ExternalProviders:0:ClientId"] = "portal";
            options.Settings["ExternalProviders:0:DisplayName"] = "ORCID";
            options.Settings["ExternalProviders:0:ClientSecret"] = "not a secret";
        });
        var user = await host.CreateUserAsync();
        var (only, gone) = (await LinkAsync(user.Id, "orcid", "0000-0001", host), await LinkAsync(user.Id, "github", "octo", host));
        await host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.PasswordHash, (string?)null), Token));
        var identities = host.Get<IIdentityAdmin>();

        Assert.IsType<AdminOutcome.Refused>(await identities.DeleteAsync(only, Operator.CommandLine, Token));
        Assert.NotNull(await identities.FindAsync(only, Token));
        Assert.IsType<AdminOutcome.Done>(await identities.DeleteAsync(gone, Operator.CommandLine, Token));
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task Only_an_administrator_who_proved_it_of_late_removes_one()
    {
        var user = await _host.CreateUserAsync();
        var id = await LinkAsync(user.Id, "orcid", "0000-0001");
        var by = await _host.OperatorAsync(await _host.CreateUserAsync(roles: RoleNames.Administrator));

        Assert.IsType<AdminOutcome.NotAllowed>(await Identities.DeleteAsync(id, await _host.OperatorAsync(user), Token));
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await Identities.DeleteAsync(id, by, Token));
    }

    private async Task VouchAsync(HttpClient browser, string externalId)
    {
        var id = await _host.IdAsync(browser);
        await _host.QueryAsync(context => context.Sessions.Where(row => row.Id == id).ExecuteUpdateAsync(
            row => row.SetProperty(session => session.Provider, "orcid").SetProperty(session => session.ProviderSubject, externalId), Token));
    }

    private static IEnumerable<string> Ids(IdentityList list) => list.Page.Results.Select(identity => identity.ExternalId);

    private Task<string> LinkAsync(long userId, string method, string externalId, PortalHost? host = null) => (host ?? _host).QueryAsync(async context =>
    {
        var identity = new UserIdentity { UserId = userId, LoginProvider = method, ProviderKey = externalId };
        context.UserLogins.Add(identity);
        await context.SaveChangesAsync(Token);
        return identity.Id;
    });
}
