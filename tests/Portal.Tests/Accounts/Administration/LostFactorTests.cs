using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Administration;
using Portal.Testing;
using Portal.Tests.Accounts.Passkeys;

namespace Portal.Tests.Accounts.Administration;

public sealed class LostFactorTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IUserAdmin Users => _host.Get<IUserAdmin>();

    [Fact]
    [Trait("ASVS", "6.4.4")]
    [Trait("ASVS", "6.3.7")]
    public async Task It_goes_with_its_codes_and_all_sessions_and_the_person_is_told()
    {
        var user = await _host.CreateUserAsync();
        await _host.AddSecondFactorAsync(user);
        using var open = await _host.BeginSessionAsync(user);
        var by = await _host.OperatorAsync(await _host.CreateUserAsync(roles: "admin"));

        Assert.Equal(1, Assert.IsType<AdminOutcome.Done>(await Users.RemoveFactorAsync(user.Email, "Lost the phone, known by voice", by, Token)).EndedSessions);

        Assert.False(await open.IsSignedInAsync());
        using var answer = await PortalHost.SignInAsync(_host.CreateClient(), user, cancellationToken: Token);
        Assert.Equal("/account", answer.LeadsTo());
        Assert.Contains("The people who run Portal removed", (await _host.Mails.WaitForAsync(user.Email, "Authenticator app removed", Token)).TextBody, StringComparison.Ordinal);
        var told = await _host.QueryAsync(context => context.AuditEvents.AsNoTracking().SingleAsync(row => row.Kind == "second-factor-removed" && row.SubjectId == user.Id, Token));
        Assert.NotEqual(user.Id, told.ActorId);
        Assert.Contains("Lost the phone", told.Details, StringComparison.Ordinal);
        Assert.Null((await Users.DetailsAsync(user.Email, Token))!.AppSince);
        Assert.IsType<AdminOutcome.Unchanged>(await Users.RemoveFactorAsync(user.Email, "Again", by, Token));
    }

    [Fact]
    [Trait("ASVS", "6.5.6")]
    [Trait("ASVS", "6.3.7")]
    public async Task A_passkey_goes_by_a_reason_with_all_sessions_and_never_as_the_last_way_in()
    {
        var (user, passkey, info) = await _host.NewOwnerAsync();
        using var open = await _host.BeginSessionAsync(user);
        var by = await _host.OperatorAsync(await _host.CreateUserAsync(roles: "admin"));
        Assert.Equal(info.Name, Assert.Single((await Users.DetailsAsync(user.Email, Token))!.Passkeys).Name);

        Assert.IsType<AdminOutcome.Refused>(await Users.RemovePasskeyAsync(user.Email, info.Id, " ", by, Token));
        Assert.IsType<AdminOutcome.NotAllowed>(await Users.RemovePasskeyAsync(user.Email, info.Id, "Mine", await _host.OperatorAsync(user), Token));
        Assert.IsType<AdminOutcome.Done>(await Users.RemovePasskeyAsync(user.Email, info.Id, "Stolen bag", by, Token));
        Assert.IsType<AdminOutcome.Unchanged>(await Users.RemovePasskeyAsync(user.Email, info.Id, "Again", by, Token));

        Assert.False(await open.IsSignedInAsync());
        using var answer = await _host.CreateClient().SignInByPasskeyAsync(passkey);
        Assert.NotEqual(HttpStatusCode.Found, answer.StatusCode);
        Assert.Contains("The people who run Portal removed", (await _host.Mails.WaitForAsync(user.Email, "A passkey was removed", Token)).TextBody, StringComparison.Ordinal);
        Assert.Contains("Stolen bag", (await _host.QueryAsync(context => context.AuditEvents.AsNoTracking().SingleAsync(row => row.Kind == "passkey-removed" && row.SubjectId == user.Id, Token))).Details, StringComparison.Ordinal);

        var (other, _, last) = await _host.NewOwnerAsync();
        await _host.QueryAsync(context => context.Users.Where(row => row.Id == other.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.PasswordHash, (string?)null), Token));
        Assert.IsType<AdminOutcome.Refused>(await Users.RemovePasskeyAsync(other.Email, last.Id, "Lost", by, Token));
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task Both_need_a_recent_proof()
    {
        var (user, _, passkey) = await _host.NewOwnerAsync();
        await _host.AddSecondFactorAsync(user);
        var admin = await _host.CreateUserAsync(roles: "admin");
        var by = await _host.OperatorAsync(admin);
        await _host.QueryAsync(context => context.Sessions.Where(row => row.UserId == admin.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.AuthenticatedAt, _host.Clock.GetUtcNow() - TimeSpan.FromMinutes(11)), Token));

        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await Users.RemoveFactorAsync(user.Email, "Lost the phone", by, Token));
        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await Users.RemovePasskeyAsync(user.Email, passkey.Id, "Stolen bag", by, Token));

        var left = (await Users.DetailsAsync(user.Email, Token))!;
        Assert.Equal((true, 1), (left.AppSince is not null, left.Passkeys.Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("ASVS", "6.2.1")]
    public async Task A_password_that_was_short_beside_it_goes_too_where_another_can_be_chosen_by_mail(bool recovery)
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Accounts:Recovery"] = recovery ? "true" : "false");
        var user = await host.CreateUserAsync();
        await host.AddSecondFactorAsync(user);
        await host.QueryAsync(context => context.Users.Where(row => row.Id == user.Id).ExecuteUpdateAsync(row => row.SetProperty(found => found.HasShortPassword, true), Token));
        var by = await host.OperatorAsync(await host.CreateUserAsync(roles: "admin"));

        Assert.IsType<AdminOutcome.Done>(await host.Get<IUserAdmin>().RemoveFactorAsync(user.Email, "Lost the phone", by, Token));

        using var answer = await PortalHost.SignInAsync(host.CreateClient(), user, cancellationToken: Token);
        Assert.Equal(recovery ? HttpStatusCode.OK : HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(!recovery, (await host.Get<IUserAdmin>().DetailsAsync(user.Email, Token))!.HasPassword);
        var mail = await host.Mails.WaitForAsync(user.Email, recovery ? "Authenticator app and password removed" : "Authenticator app removed", Token);
        Assert.Equal(recovery, mail.TextBody!.Contains("/forgot-password", StringComparison.Ordinal));
        var removed = await host.QueryAsync(context => context.AuditEvents.AsNoTracking().Where(row => row.Kind == "password-removed" && row.SubjectId == user.Id).ToListAsync(Token));
        Assert.Equal(recovery ? 1 : 0, removed.Count);
        Assert.All(removed, row => Assert.Contains("Lost the phone", row.Details, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("ASVS", "6.4.4")]
    public async Task It_takes_a_reason_an_administrator_and_somebody_else()
    {
        var user = await _host.CreateUserAsync();
        await _host.AddSecondFactorAsync(user);
        var admin = await _host.CreateUserAsync(roles: "admin");
        await _host.AddSecondFactorAsync(admin);
        var by = await _host.OperatorAsync(admin);
        await _host.QueryAsync(context => context.Sessions.Where(row => row.UserId == admin.Id).ExecuteUpdateAsync(row => row.SetProperty(session => session.Method, "pwd otp mfa"), Token));

        Assert.IsType<AdminOutcome.Refused>(await Users.RemoveFactorAsync(user.Email, " ", by, Token));
        Assert.IsType<AdminOutcome.NotAllowed>(await Users.RemoveFactorAsync(user.Email, "Mine", await _host.OperatorAsync(user), Token));
        Assert.IsType<AdminOutcome.Refused>(await Users.RemoveFactorAsync(admin.Email, "My own", by, Token));
        Assert.IsType<AdminOutcome.NotFound>(await Users.RemoveFactorAsync("nobody@example.org", "Who", by, Token));

        Assert.NotNull((await Users.DetailsAsync(user.Email, Token))!.AppSince);
        Assert.NotNull((await Users.DetailsAsync(admin.Email, Token))!.AppSince);
    }
}
