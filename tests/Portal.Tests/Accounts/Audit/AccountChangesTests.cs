using Microsoft.AspNetCore.Http;
using Portal.Accounts.Administration;
using Portal.Testing;

namespace Portal.Tests.Accounts.Audit;

/// <summary>What making accounts and changing them leaves in the log: before and after, and who.</summary>
public sealed class AccountChangesTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Registering_and_confirming_are_events_of_the_new_account_and_a_taken_address_leaves_none()
    {
        using var browser = _host.CreateClient("198.51.100.12");
        async Task RegisterAsync(string name) => await PortalHost.PostFormAsync(browser, "/register", "register",
            [new("Input.Email", "fresh@example.org"), new("Input.UserName", name), new("Input.Password", PortalHost.DefaultPassword), new("Input.ConfirmPassword", PortalHost.DefaultPassword)], Token);
        await RegisterAsync("fresh");
        var link = CaughtMails.LinkOf(await _host.Mails.WaitForAsync("fresh@example.org", "Confirm", Token));
        await PortalHost.PostFormAsync(browser, link.PathAndQuery, "confirm-email", [], Token);
        var before = (await _host.AuditRowsAsync()).Count;
        await RegisterAsync("fresher");

        var id = (await _host.Get<IUserAdmin>().FindAsync("fresh@example.org", Token))!.Id;
        var rows = (await _host.AuditRowsAsync()).Where(row => row.SubjectId == id).ToList();
        Assert.Equal([("registered", "198.51.100.12"), ("email-confirmed", "198.51.100.12")], rows.Select(row => (row.Kind, row.Ip)));
        Assert.All(rows, row => Assert.Equal(id, row.ActorId));
        Assert.Equal(before, (await _host.AuditRowsAsync()).Count);
    }

    [Theory]
    [InlineData("verified", "email-confirmed", "verified")]
    [InlineData("blocked", "email-confirmed", "blocked")]
    public async Task What_a_domain_decides_at_confirmation_is_an_event(string status, params string[] kinds)
    {
        var (domain, email) = ($"{status}.example", $"someone@{status}.example");
        using var browser = _host.CreateClient("198.51.100.13");
        await PortalHost.PostFormAsync(browser, "/register", "register",
            [new("Input.Email", email), new("Input.UserName", ""), new("Input.Password", PortalHost.DefaultPassword), new("Input.ConfirmPassword", PortalHost.DefaultPassword)], Token);
        var link = CaughtMails.LinkOf(await _host.Mails.WaitForAsync(email, "Confirm", Token));
        await _host.DecideAsync(domain, status);
        await PortalHost.PostFormAsync(browser, link.PathAndQuery, "confirm-email", [], Token);

        var id = (await _host.Get<IUserAdmin>().FindAsync(email, Token))!.Id;
        var events = await _host.EventsAboutAsync(id);
        Assert.Equal(["registered", .. kinds], events.Select(text => text.Split(' ')[0]));
        Assert.Contains($$"""{"reason":"domain","domain":"{{domain}}","before":""", events[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_operators_change_is_told_with_before_and_after()
    {
        await using var host = await PortalHost.StartAsync();
        var admin = await host.CreateUserAsync(roles: "admin");
        var by = await host.OperatorAsync(admin);
        var user = await host.CreateUserAsync(isActive: false, isConfirmed: false);
        await host.Get<IUserAdmin>().ActivateAsync(user.Email, Operator.CommandLine, Token);
        await host.Get<IUserAdmin>().ActivateAsync(user.Email, Operator.CommandLine, Token);
        await host.Get<IUserAdmin>().DeactivateAsync(user.Email, by, Token);
        await host.Get<IRoleAdmin>().CreateAsync("curator", "Looks after things", by, Token);
        await host.Get<IRoleAdmin>().AddAsync(user.Email, "curator", by, Token);
        await host.Get<IRoleAdmin>().AddAsync(user.Email, "curator", Operator.CommandLine, Token);
        await host.Get<IRoleAdmin>().RemoveAsync(user.Email, "curator", by, Token);
        await host.Get<IDomainAdmin>().CreateAsync("example.net", by, Token);
        await host.Get<IDomainAdmin>().SetAsync("example.net", "blocked", by, Token);
        await host.Get<IDomainAdmin>().SetAsync("example.net", "blocked", Operator.CommandLine, Token);

        Assert.Equal(
            [
                """account-created {"reason":"operator","after":{"active":false,"confirmed":false}}""",
                """activated {"before":{"active":false,"confirmed":false,"blocked":false,"verified":false,"too_many_wrong_passwords":false},"after":{"active":true,"confirmed":true,"blocked":false,"verified":false,"too_many_wrong_passwords":false}}""",
                """deactivated {"browser":"Firefox","os":"Linux","before":{"active":true,"confirmed":true,"blocked":false,"verified":false,"too_many_wrong_passwords":false},"after":{"active":false,"confirmed":true,"blocked":false,"verified":false,"too_many_wrong_passwords":false}}""",
                """role-given {"browser":"Firefox","os":"Linux","role":"curator"}""",
                """role-taken {"browser":"Firefox","os":"Linux","role":"curator"}""",
            ],
            await host.EventsAboutAsync(user.Id));
        Assert.Equal(
            [
                """role-created {"role":"admin","after":{"description":"Looks after users, roles, sessions and domains."}}""",
                """role-created {"browser":"Firefox","os":"Linux","role":"curator","after":{"description":"Looks after things"}}""",
                """domain-changed {"browser":"Firefox","os":"Linux","domain":"example.net","after":{"status":"new"}}""",
                """domain-changed {"browser":"Firefox","os":"Linux","domain":"example.net","before":{"status":"new"},"after":{"status":"blocked"}}""",
            ],
            await host.EventsAboutAsync(null));
        var rows = await host.AuditRowsAsync();
        Assert.Equal([null, null, admin.Id, admin.Id, admin.Id], rows.Where(row => row.SubjectId == user.Id).Select(row => row.ActorId));
        Assert.Equal([null, admin.Id, admin.Id, admin.Id], rows.Where(row => row.SubjectId is null).Select(row => row.ActorId));
        Assert.Empty((await host.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task The_first_administrator_made_their_own_account()
    {
        await using var host = await PortalHost.StartAsync();
        var token = new Uri((await host.Get<ISetupService>().NewLinkAsync(Token))!).Query.Split("token=")[1];
        Assert.IsType<AdminOutcome.Done>(await host.Get<ISetupService>().CreateAdministratorAsync(new DefaultHttpContext(), token, "first@example.org", null, PortalHost.DefaultPassword, Token));

        var rows = await host.AuditRowsAsync();
        Assert.Equal(["account-created", "role-created", "role-given"], rows.Select(row => row.Kind));
        Assert.All(rows, row => Assert.Equal(rows[0].SubjectId, row.ActorId));
        Assert.Contains("\"reason\":\"setup\"", rows[0].Details);
    }
}
