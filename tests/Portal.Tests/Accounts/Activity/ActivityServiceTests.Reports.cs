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
using Portal.Tests.Accounts.Passkeys;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Accounts.Activity;

/// <summary>"This wasn't me", at the events.</summary>
public sealed partial class ActivityServiceTests
{
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
    [Trait("ASVS", "7.5.2")]
    public async Task Whoever_is_at_a_stolen_session_sends_nobody_away_without_proving_who_they_are()
    {
        var user = await _host.CreateUserAsync();
        using var owner = await _host.BeginSessionAsync(user);
        using var stolen = await _host.BeginSessionAsync(user);
        var owners = await _host.IdAsync(owner);
        var thief = await _host.PersonAsync(stolen);
        var events = await ListAsync(stolen);
        var (signIn, made) = (events.Single(happened => happened.SessionId == owners), events[^1]);
        var stamp = await StampAsync();
        await ProvedAsync(stolen, _host.Clock.GetUtcNow() - TimeSpan.FromMinutes(11));

        Assert.Equal(NotMeOutcome.NeedsRecentAuthentication, await Activity.ReportAsync(thief, signIn.Id, Token));
        // What cannot be reported at all is not worth a proof.
        Assert.Equal(NotMeOutcome.NotFound, await Activity.ReportAsync(thief, made.Id, Token));

        Assert.True(await owner.IsSignedInAsync());
        Assert.Equal(stamp, await StampAsync());
        Assert.DoesNotContain(await ListAsync(owner), happened => happened.Kind is AuditKind.ReportedNotMe);

        await ProvedAsync(stolen, _host.Clock.GetUtcNow());
        Assert.Equal(NotMeOutcome.SessionEnded, await Activity.ReportAsync(thief, signIn.Id, Token));
        Assert.False(await owner.IsSignedInAsync());

        Task<string?> StampAsync() => _host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).Select(row => row.SecurityStamp).SingleAsync(Token));
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

        // Whoever holds a session without the app's code could take the app away by it.
        Assert.Equal(NotMeOutcome.NeedsRecentAuthentication, await Activity.ReportAsync(await _host.PersonAsync(browser), reported.Id, Token));
        Assert.Equal((2, 1), await _host.QueryAsync(async context => (
            await context.UserPasskeys.CountAsync(row => row.UserId == user.Id, Token), await context.UserLogins.CountAsync(row => row.UserId == user.Id, Token))));

        var own = await _host.IdAsync(browser);
        await _host.QueryAsync(context => context.Sessions.Where(row => row.Id == own)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.Method, SessionMethods.MultipleFactors), Token));
        Assert.Equal(NotMeOutcome.SessionEnded, await Activity.ReportAsync(await _host.PersonAsync(browser), reported.Id, Token));

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

    private async Task ProvedAsync(HttpClient browser, DateTimeOffset at)
    {
        var id = await _host.IdAsync(browser);
        await _host.QueryAsync(context => context.Sessions.Where(row => row.Id == id).ExecuteUpdateAsync(row => row.SetProperty(session => session.AuthenticatedAt, at), Token));
    }
}
