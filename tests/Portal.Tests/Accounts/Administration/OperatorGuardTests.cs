using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Credentials;
using Portal.Testing;

namespace Portal.Tests.Accounts.Administration;

/// <summary>Who may change something is asked where it is changed, whatever page or endpoint let them through.</summary>
public sealed class OperatorGuardTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private TestUser _admin = null!;
    private TestUser _somebody = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _admin = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        _somebody = await _host.CreateUserAsync();
        await _host.Get<IRoleAdmin>().CreateAsync("curator", null, Operator.CommandLine, Token);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("ASVS", "8.3.1")]
    public async Task Whoever_does_not_administer_changes_nothing()
    {
        var plain = await _host.OperatorAsync(_somebody);
        var nobody = Operator.Of(new());

        foreach (var by in new[] { plain, nobody })
        {
            Assert.All(await AllAsync(by), outcome => Assert.IsType<AdminOutcome.NotAllowed>(outcome));
        }

        var found = (await _host.Get<IUserAdmin>().FindAsync(_somebody.Email, Token))!;
        Assert.True(found.IsActive);
        Assert.Empty(found.Roles);
    }

    [Fact]
    [Trait("ASVS", "8.3.2")]
    public async Task Who_lost_the_role_or_whose_session_ended_changes_nothing_any_more()
    {
        var second = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        var demoted = await _host.OperatorAsync(second);
        await _host.Get<IRoleAdmin>().RemoveAsync(second.Email, RoleNames.Administrator, Operator.CommandLine, Token);
        var gone = await _host.OperatorAsync(_admin);
        await _host.EndSessionAsync(gone.SessionId!, Token);

        Assert.All(await AllAsync(demoted), outcome => Assert.IsType<AdminOutcome.NotAllowed>(outcome));
        Assert.All(await AllAsync(gone), outcome => Assert.IsType<AdminOutcome.NotAllowed>(outcome));
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task What_gives_or_takes_power_needs_a_recent_proof()
    {
        var by = await _host.OperatorAsync(_admin);
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
        var (users, roles, domains) = (_host.Get<IUserAdmin>(), _host.Get<IRoleAdmin>(), _host.Get<IDomainAdmin>());

        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await users.DeactivateAsync(_somebody.Email, by, Token));
        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await roles.AddAsync(_somebody.Email, "curator", by, Token));
        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await roles.RemoveAsync(_somebody.Email, "curator", by, Token));
        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await domains.SetAsync("example.net", "blocked", by, Token));
        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await domains.SetAsync("example.net", "verified", by, Token));
        foreach (var move in Enum.GetValues<UserMove>().Where(move => move is not UserMove.Unverify))
        {
            Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await users.MoveAsync(_somebody.Email, move, "known", by, Token));
        }

        Assert.IsType<AdminOutcome.Done>(await domains.SetAsync("example.net", "moderated", by, Token));
        Assert.IsType<AdminOutcome.Done>(await roles.CreateAsync("reader", null, by, Token));
    }

    [Fact]
    public async Task Nobody_deactivates_or_demotes_themself()
    {
        await _host.CreateUserAsync(roles: RoleNames.Administrator);
        var by = await _host.OperatorAsync(_admin);

        Assert.IsType<AdminOutcome.Refused>(await _host.Get<IUserAdmin>().DeactivateAsync(_admin.Email, by, Token));
        Assert.IsType<AdminOutcome.Refused>(await _host.Get<IRoleAdmin>().RemoveAsync(_admin.Email, RoleNames.Administrator, by, Token));
    }

    private async Task<IReadOnlyList<AdminOutcome>> AllAsync(Operator by)
    {
        var (users, roles, domains) = (_host.Get<IUserAdmin>(), _host.Get<IRoleAdmin>(), _host.Get<IDomainAdmin>());
        return
        [
            await users.CreateAsync(new NewUser { Email = "new@example.org", Password = PortalHost.DefaultPassword }, by, Token),
            await users.ActivateAsync(_somebody.Email, by, Token),
            await users.DeactivateAsync(_somebody.Email, by, Token),
            .. await Task.WhenAll(Enum.GetValues<UserMove>().Select(move => users.MoveAsync(_somebody.Email, move, "misuse", by, Token))),
            await users.InviteAsync(new Invitation { Email = "new@example.org" }, by, Token),
            await users.EditAsync(_somebody.Email, new UserEdit(new Dictionary<string, string?> { [UserEdit.UserName] = "other" }), by, Token),
            await users.SendResetAsync(_somebody.Email, by, Token),
            await users.DeleteAsync(_somebody.Email, "misuse", by, cancellationToken: Token),
            await roles.EditAsync("curator", new RoleEdit("keeper", null), by, Token),
            await roles.DeleteAsync("curator", by, cancellationToken: Token),
            await roles.CreateAsync("editor", null, by, Token),
            await roles.AddAsync(_somebody.Email, "curator", by, Token),
            await roles.RemoveAsync(_somebody.Email, "curator", by, Token),
            await domains.CreateAsync("example.net", by, Token),
            await domains.SetAsync("example.net", "blocked", by, Token),
        ];
    }
}
