using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Activity;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Recovery;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Audit;
using Portal.Tests.Accounts.Passkeys;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Accounts.Activity;

public sealed class ActivityServiceTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IActivityService Activity => _host.Get<IActivityService>();

    [Fact]
    public void Every_kind_belongs_to_a_group_and_every_group_has_kinds()
    {
        Assert.All(Enum.GetValues<AuditKind>(), kind => Assert.Contains(kind, ActivityGroups.KindsOf(ActivityGroups.Of(kind))));
        Assert.All(Enum.GetValues<ActivityGroup>(), group =>
        {
            Assert.NotEmpty(ActivityGroups.KindsOf(group));
            Assert.Equal(group, ActivityGroups.FromName(group.ToName()));
        });
        Assert.Null(ActivityGroups.FromName("RolesAndStatus"));
    }

    [Fact]
    public async Task What_they_did_tells_from_where_and_whether_in_this_session()
    {
        var user = await _host.CreateUserAsync();
        using var other = await _host.BeginSessionAsync(user, address: "198.51.100.40");
        using var browser = await _host.BeginSessionAsync(user, address: "198.51.100.41");

        var events = await ListAsync(browser);

        Assert.Equal([AuditKind.SignedIn, AuditKind.SignedIn, AuditKind.AccountCreated], events.Select(happened => happened.Kind!.Value));
        Assert.Equal((true, true, "198.51.100.41", "Firefox", "Linux"), (events[0].IsByYou, events[0].IsCurrentSession, events[0].Ip, events[0].Browser, events[0].Os));
        Assert.Equal((false, await _host.IdAsync(other)), (events[1].IsCurrentSession, events[1].SessionId));
        Assert.Equal(["method"], events[0].Details.Keys);
        Assert.Equal((false, false), (events[2].IsByYou, events[2].IsByAnother));
    }

    [Fact]
    [Trait("ASVS", "8.2.2")]
    public async Task Other_peoples_events_are_neither_listed_nor_reported()
    {
        var (ana, ben) = (await _host.CreateUserAsync(), await _host.CreateUserAsync());
        using var anas = await _host.BeginSessionAsync(ana);
        using var bens = await _host.BeginSessionAsync(ben);
        var bensSignIn = (await ListAsync(bens))[0];

        Assert.DoesNotContain(await ListAsync(anas), happened => happened.Id == bensSignIn.Id);
        Assert.Equal(NotMeOutcome.NotFound, await Activity.ReportAsync(await _host.PersonAsync(anas), bensSignIn.Id, Token));
        Assert.True(await bens.IsSignedInAsync());
    }

    [Fact]
    public async Task What_an_administrator_did_says_nothing_of_where_they_are()
    {
        var (admin, user) = (await _host.CreateUserAsync(), await _host.CreateUserAsync());
        using var desk = await _host.BeginSessionAsync(admin, address: "203.0.113.77");
        using var browser = await _host.BeginSessionAsync(user);
        var desksId = await _host.IdAsync(desk);
        await _host.QueryAsync(async context =>
        {
            await _host.Get<AuditLog>().AddAsync(context, new AuditEntry(AuditKind.RoleGiven, user.Id)
            {
                ActorId = admin.Id,
                SessionId = desksId,
                Details = new Dictionary<string, object?> { ["role"] = "curator" },
            }, Token);
            return await context.SaveChangesAsync(Token);
        });

        var given = (await ListAsync(browser))[0];

        Assert.Equal((true, false, null, null, null, null), (given.IsByAnother, given.IsByYou, given.Ip, given.SessionId, given.Browser, given.Os));
        Assert.Equal(["role"], given.Details.Keys);
        Assert.Equal("203.0.113.77", (await _host.AuditRowsAsync())[^1].Ip);
    }

    [Fact]
    public async Task An_ended_session_and_a_stranger_see_nothing()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);
        var person = await _host.PersonAsync(browser);
        var id = (await Activity.ListAsync(person, cancellationToken: Token)).Results[0].Id;
        await _host.EndSessionAsync(person.SessionId()!, Token);

        Assert.Empty((await Activity.ListAsync(person, cancellationToken: Token)).Results);
        Assert.Empty((await Activity.ListAsync(new ClaimsPrincipal(), cancellationToken: Token)).Results);
        Assert.Equal(NotMeOutcome.NotFound, await Activity.ReportAsync(person, id, Token));
    }

    [Fact]
    public async Task Pages_are_cut_at_the_size_and_filtered_by_kind()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);
        for (var i = 0; i < 3; i++)
        {
            (await _host.BeginSessionAsync(user)).Dispose();
        }

        var person = await _host.PersonAsync(browser);
        var first = await Activity.ListAsync(person, ActivityGroups.KindsOf(ActivityGroup.SignIns), size: 3, cancellationToken: Token);
        var second = await Activity.ListAsync(person, ActivityGroups.KindsOf(ActivityGroup.SignIns), first.Next, 3, Token);

        Assert.Equal((3, first.Results[^1].Id), (first.Results.Count, first.Next));
        Assert.Equal((1, null), (second.Results.Count, second.Next));
        Assert.Empty((await Activity.ListAsync(person, [], cancellationToken: Token)).Results);
    }

    [Fact]
    public async Task Reporting_a_sign_in_ends_its_session_at_once_and_is_an_event_itself()
    {
        var user = await _host.CreateUserAsync();
        using var intruder = await _host.BeginSessionAsync(user);
        using var bystander = await _host.BeginSessionAsync(user);
        using var browser = await _host.BeginSessionAsync(user);
        var (intruders, current) = (await _host.IdAsync(intruder), await _host.IdAsync(browser));
        var reported = (await ListAsync(browser)).Single(happened => happened.SessionId == intruders);
        List<string> told = [];
        using var subscription = _host.Get<IAccountEvents>().Subscribe(happened =>
        {
            if (happened is AccountEvent.SessionsEnded ended && ended.UserId == user.Id)
            {
                told.AddRange(ended.SessionIds);
            }
        });

        Assert.Equal(NotMeOutcome.SessionEnded, await Activity.ReportAsync(await _host.PersonAsync(browser), reported.Id, Token));

        Assert.Equal([intruders], told);
        Assert.Equal((false, true, true), (await intruder.IsSignedInAsync(), await bystander.IsSignedInAsync(), await browser.IsSignedInAsync()));
        Assert.Equal("revoked", (await _host.RowAsync(intruders)).EndReason);
        var events = await ListAsync(browser);
        Assert.Equal([AuditKind.ReportedNotMe, AuditKind.SessionEnded], events.Take(2).Select(happened => happened.Kind!.Value));
        Assert.All(events.Take(2), happened => Assert.Equal((true, current), (happened.IsByYou, happened.SessionId)));
        Assert.Equal((reported.Id, "signed-in"), (events[0].Details["event"].GetInt64(), events[0].Details["kind"].GetString()));

        Assert.Equal(NotMeOutcome.Noted, await Activity.ReportAsync(await _host.PersonAsync(browser), reported.Id, Token));
    }

    [Fact]
    [Trait("ASVS", "7.4.3")]
    public async Task What_an_intruder_added_since_their_sign_in_goes_and_what_was_there_before_stays()
    {
        var user = await _host.CreateUserAsync();
        using var mine = _host.NewPasskey();
        using var theirs = _host.NewPasskey();
        using var browser = await _host.BeginSessionAsync(user);
        await _host.HasPasskeyAsync(await _host.PersonAsync(browser), mine);
        using var intruder = await _host.BeginSessionAsync(user);
        await _host.HasPasskeyAsync(await _host.PersonAsync(intruder), theirs);
        await _host.AddSecondFactorAsync(user);
        var intruders = await _host.IdAsync(intruder);
        var (before, since) = (_host.Clock.GetUtcNow().AddDays(-1), _host.Clock.GetUtcNow());
        await _host.QueryAsync(async context =>
        {
            await context.Authenticators.Where(row => row.UserId == user.Id).ExecuteUpdateAsync(row => row.SetProperty(app => app.ConfirmedAt, before), Token);
            (await context.UserPasskeys.SingleAsync(row => row.CredentialId == mine.CredentialId, Token)).Data.CreatedAt = before;
            // New codes, as whoever holds the session would make them.
            await context.RecoveryCodes.Where(row => row.UserId == user.Id).ExecuteUpdateAsync(row => row.SetProperty(code => code.CreatedAt, since), Token);
            context.UserLogins.Add(new UserIdentity { UserId = user.Id, LoginProvider = "oidc", ProviderKey = $"intruder-{user.Id}" });
            return await context.SaveChangesAsync(Token);
        });
        var reported = (await ListAsync(browser)).First(happened => happened.SessionId == intruders);

        // Whoever holds a session without the app's code could take the app away by it: it only ends the other.
        Assert.Equal(NotMeOutcome.NeedsRecentAuthentication, await Activity.ReportAsync(await _host.PersonAsync(browser), reported.Id, Token));
        Assert.False(await intruder.IsSignedInAsync());
        Assert.Equal((2, 1), await _host.QueryAsync(async context => (
            await context.UserPasskeys.CountAsync(row => row.UserId == user.Id, Token), await context.UserLogins.CountAsync(row => row.UserId == user.Id, Token))));

        var own = await _host.IdAsync(browser);
        await _host.QueryAsync(context => context.Sessions.Where(row => row.Id == own)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.Method, SessionMethods.MultipleFactors), Token));
        Assert.Equal(NotMeOutcome.Noted, await Activity.ReportAsync(await _host.PersonAsync(browser), reported.Id, Token));

        Assert.Equal(mine.CredentialId, (await _host.QueryAsync(context => context.UserPasskeys.SingleAsync(row => row.UserId == user.Id, Token))).CredentialId);
        Assert.Equal((0, 0, 1), await _host.QueryAsync(async context => (
            await context.UserLogins.CountAsync(row => row.UserId == user.Id, Token),
            await context.RecoveryCodes.CountAsync(row => row.UserId == user.Id, Token),
            await context.Authenticators.CountAsync(row => row.UserId == user.Id, Token))));
        Assert.Equal(3, (await ListAsync(browser))[0].Details["removed"].GetInt32());
    }

    [Fact]
    public async Task What_was_done_in_this_very_session_is_not_offered_and_ends_nothing()
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user);
        var own = (await ListAsync(browser))[0];

        Assert.False(own.CanBeReported);
        Assert.Equal(NotMeOutcome.NotFound, await Activity.ReportAsync(await _host.PersonAsync(browser), own.Id, Token));

        Assert.True(await browser.IsSignedInAsync());
        Assert.DoesNotContain(await ListAsync(browser), happened => happened.Kind is AuditKind.ReportedNotMe);
    }

    [Fact]
    public async Task What_the_person_did_not_do_cannot_be_reported()
    {
        var user = await _host.CreateUserAsync();
        await PortalHost.SignInAsync(_host.CreateClient("198.51.100.43"), user, password: "not the password at all", cancellationToken: Token);
        await _host.Get<IUserAdmin>().DeactivateAsync(user.Email, Operator.CommandLine, Token);
        await _host.Get<IUserAdmin>().ActivateAsync(user.Email, Operator.CommandLine, Token);
        using var browser = await _host.BeginSessionAsync(user);
        var events = (await ListAsync(browser)).Where(happened => happened.Kind is not AuditKind.SignedIn).ToList();

        Assert.Equal([AuditKind.Activated, AuditKind.Deactivated, AuditKind.SignInFailed, AuditKind.AccountCreated], events.Select(happened => happened.Kind!.Value));
        foreach (var happened in events)
        {
            Assert.False(happened.CanBeReported);
            Assert.Equal(NotMeOutcome.NotFound, await Activity.ReportAsync(await _host.PersonAsync(browser), happened.Id, Token));
        }
    }

    [Fact]
    public async Task A_new_password_by_mail_can_be_reported_unless_an_operator_had_the_link_sent()
    {
        var (admin, user) = (await _host.CreateUserAsync(roles: RoleNames.Administrator), await _host.CreateUserAsync());
        await _host.Get<IRecoveryService>().RequestAsync(People.Visitor(), user.Email, Token);
        var (userId, secret) = People.Read(CaughtMails.LinkOf(await _host.Mails.WaitForAsync(user.Email, "password", Token)).AbsoluteUri);
        Assert.IsType<RecoveryOutcome.Reset>(await _host.Get<IRecoveryService>().ResetAsync(People.Visitor(), userId, secret, PortalHost.DefaultPassword, Token));
        Assert.IsType<AdminOutcome.Done>(await _host.Get<IUserAdmin>().SendResetAsync(user.Email, await _host.OperatorAsync(admin), Token));
        using var browser = await _host.BeginSessionAsync(user);

        var events = (await ListAsync(browser)).Where(happened => happened.Kind is AuditKind.PasswordResetRequested or AuditKind.PasswordReset).ToList();

        Assert.Equal(
            [(AuditKind.PasswordResetRequested, false), (AuditKind.PasswordReset, true), (AuditKind.PasswordResetRequested, true)],
            events.Select(happened => (happened.Kind!.Value, happened.CanBeReported)));
        Assert.Equal(NotMeOutcome.Noted, await Activity.ReportAsync(await _host.PersonAsync(browser), events[1].Id, Token));
        Assert.Equal(NotMeOutcome.NotFound, await Activity.ReportAsync(await _host.PersonAsync(browser), events[0].Id, Token));
    }

    [Fact]
    public async Task A_failed_sign_in_is_a_hint_to_the_accounts_open_pages()
    {
        var user = await _host.CreateUserAsync();
        List<AccountEvent> told = [];
        using (_host.Get<IAccountEvents>().Subscribe(told.Add))
        {
            await PortalHost.SignInAsync(_host.CreateClient("198.51.100.44"), user, password: "not the password at all", cancellationToken: Token);
        }

        Assert.Contains(new AccountEvent.SignInFailed(user.Id), told);
    }

    [Fact]
    public async Task Details_that_somebody_spoiled_leave_the_list_readable()
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        using var browser = await host.BeginSessionAsync(user);
        await host.SqlAsync($"UPDATE AuditEvents SET Details = 'spoiled', Kind = 'from-the-future'");

        var events = (await host.Get<IActivityService>().ListAsync(await host.PersonAsync(browser), cancellationToken: Token)).Results;

        Assert.All(events, happened => Assert.Equal(("from-the-future", null, 0), (happened.KindName, happened.Kind, happened.Details.Count)));
    }

    private async Task<IReadOnlyList<ActivityInfo>> ListAsync(HttpClient browser) =>
        (await Activity.ListAsync(await _host.PersonAsync(browser), cancellationToken: Token)).Results;
}
