using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Accounts.Credentials.Factors;

public sealed class SecondFactorServiceTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private TestUser _user = null!;
    private ClaimsPrincipal _person = null!;
    private HttpClient _browser = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ISecondFactorService Factors => _host.Get<ISecondFactorService>();

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _user = await _host.CreateUserAsync();
        _browser = await _host.BeginSessionAsync(_user);
        _person = await _host.PersonAsync(_browser);
        await ApiHost.SendTokenAsync(_browser);
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return _host.DisposeAsync();
    }

    [Fact]
    [Trait("ASVS", "6.3.7")]
    public async Task Adding_the_app_answers_with_ten_codes_and_is_told_by_mail_and_in_the_log()
    {
        var (_, codes) = await AddAsync();

        Assert.Equal(10, codes.Distinct().Count());
        var now = await Factors.FindAsync(_person, Token);
        Assert.True(now!.HasApp);
        Assert.Equal(10, now.RecoveryCodesLeft);
        Assert.Contains("Device: Firefox on Linux", (await _host.Mails.WaitForAsync(_user.Email, "Authenticator app added", Token)).TextBody);
        Assert.True(await _host.QueryAsync(context => context.AuditEvents.AnyAsync(row => row.Kind == "second-factor-added" && row.SubjectId == _user.Id, Token)));
        Assert.True((await _host.PersonAsync(_browser)).HasSecondFactor());
    }

    [Fact]
    [Trait("ASVS", "6.5.2")]
    [Trait("ASVS", "6.5.4")]
    public async Task Stored_are_no_codes_but_hashes_with_salt_and_no_key_but_a_protected_one()
    {
        var (setup, codes) = await AddAsync();

        var rows = await _host.QueryAsync(context => context.RecoveryCodes.AsNoTracking().ToListAsync(Token));
        Assert.Equal(10, rows.Select(row => row.Hash).Distinct().Count());
        // Identity's version 3: PBKDF2, HMAC-SHA512. Of twelve characters eight, 40 bits, are in the hash alone.
        Assert.All(rows, row => Assert.Equal([1, 0, 0, 0, 2], Convert.FromBase64String(row.Hash)[..5]));
        Assert.All(codes, code => Assert.DoesNotContain(rows, row => row.Hash.Contains(code[5..], StringComparison.Ordinal) || row.Name == code));
        var app = await _host.QueryAsync(context => context.Authenticators.AsNoTracking().SingleAsync(Token));
        Assert.Equal(-1, app.Key.AsSpan().IndexOf(setup.Secret));
        // By which lists are narrowed.
        Assert.True(await _host.QueryAsync(context => context.Users.Where(user => user.Id == _user.Id).Select(user => user.TwoFactorEnabled).SingleAsync(Token)));
    }

    [Fact]
    [Trait("ASVS", "7.5.1")]
    public async Task Every_change_asks_who_is_at_it_after_a_while()
    {
        var (setup, _) = await AddAsync();
        _host.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.IsType<SecondFactorOutcome.NeedsRecentAuthentication>(await Factors.BeginAsync(_person, Token));
        Assert.IsType<SecondFactorOutcome.NeedsRecentAuthentication>(await Factors.AddAsync(_person, setup, CodeOf(setup), false, Token));
        Assert.IsType<SecondFactorOutcome.NeedsRecentAuthentication>(await Factors.RemoveAsync(_person, false, Token));
        Assert.IsType<SecondFactorOutcome.NeedsRecentAuthentication>(await Factors.RenewRecoveryCodesAsync(_person, false, Token));
        Assert.True((await Factors.FindAsync(_person, Token))!.HasApp);
    }

    [Fact]
    public async Task A_wrong_code_adds_nothing_and_so_does_another_persons_key()
    {
        var setup = await BeginAsync();
        using var other = await _host.BeginSessionAsync(await _host.CreateUserAsync());

        Assert.IsType<SecondFactorOutcome.WrongCode>(await Factors.AddAsync(_person, setup, CodeOf(setup) == "000000" ? "000001" : "000000", false, Token));
        Assert.IsType<SecondFactorOutcome.Gone>(await Factors.AddAsync(await _host.PersonAsync(other), setup, CodeOf(setup), false, Token));

        Assert.False((await Factors.FindAsync(_person, Token))!.HasApp);
        Assert.Equal(0, await _host.QueryAsync(context => context.Authenticators.CountAsync(Token)));
    }

    [Fact]
    public async Task Of_two_tabs_that_set_up_at_once_one_wins_and_its_codes_are_the_ones_that_count()
    {
        var (first, second) = (await BeginAsync(), await BeginAsync());

        var outcomes = await Task.WhenAll(
            Factors.AddAsync(_person, first, CodeOf(first), false, Token), Factors.AddAsync(_person, second, CodeOf(second), false, Token));

        Assert.Single(outcomes.OfType<SecondFactorOutcome.Done>());
        Assert.Single(outcomes.OfType<SecondFactorOutcome.AlreadyThere>());
        Assert.Equal(10, await _host.QueryAsync(context => context.RecoveryCodes.CountAsync(Token)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("ASVS", "7.4.3")]
    public async Task The_other_sessions_end_where_that_is_wished(bool endOthers)
    {
        using var other = await _host.BeginSessionAsync(_user);
        var setup = await BeginAsync();

        var done = Assert.IsType<SecondFactorOutcome.Done>(await Factors.AddAsync(_person, setup, CodeOf(setup), endOthers, Token));

        Assert.Equal(endOthers ? 1 : 0, done.EndedSessions);
        Assert.Equal(!endOthers, await other.IsSignedInAsync());
        Assert.True(await _browser.IsSignedInAsync());
    }

    [Fact]
    [Trait("ASVS", "6.5.6")]
    public async Task Removing_the_app_leaves_nothing_of_it_and_the_password_suffices_again()
    {
        await AddAsync();

        Assert.IsType<SecondFactorOutcome.Done>(await Factors.RemoveAsync(_person, false, Token));

        Assert.Equal((0, 0), await _host.QueryAsync(async context => (await context.Authenticators.CountAsync(Token), await context.RecoveryCodes.CountAsync(Token))));
        Assert.False(await _host.QueryAsync(context => context.Users.AnyAsync(user => user.TwoFactorEnabled, Token)));
        await _host.Mails.WaitForAsync(_user.Email, "Authenticator app removed", Token);
        using var answer = await PortalHost.SignInAsync(_host.CreateClient(), _user, cancellationToken: Token);
        Assert.Equal("/account", answer.LeadsTo());
        Assert.IsType<SecondFactorOutcome.NotThere>(await Factors.RemoveAsync(_person, false, Token));
    }

    [Fact]
    public async Task New_recovery_codes_make_the_former_ones_void()
    {
        var (_, former) = await AddAsync();

        var done = Assert.IsType<SecondFactorOutcome.Done>(await Factors.RenewRecoveryCodesAsync(_person, false, Token));

        using var browser = _host.CreateClient();
        (await PortalHost.SignInAsync(browser, _user, cancellationToken: Token)).Dispose();
        using var refused = await PortalHost.GiveRecoveryCodeAsync(browser, former[0], Token);
        Assert.False(await browser.IsSignedInAsync());
        using var taken = await PortalHost.GiveRecoveryCodeAsync(browser, done.RecoveryCodes[0], Token);
        Assert.True(await browser.IsSignedInAsync());
        await _host.Mails.WaitForAsync(_user.Email, "New recovery codes", Token);
    }

    [Fact]
    [Trait("ASVS", "6.3.7")]
    public async Task A_used_recovery_code_is_told_with_how_many_are_left()
    {
        var (_, codes) = await AddAsync();
        using var browser = _host.CreateClient();
        (await PortalHost.SignInAsync(browser, _user, cancellationToken: Token)).Dispose();

        (await PortalHost.GiveRecoveryCodeAsync(browser, codes[3], Token)).Dispose();

        var mail = await _host.Mails.WaitForAsync(_user.Email, "A recovery code", Token);
        Assert.Contains("9 are left.", mail.TextBody, StringComparison.Ordinal);
        Assert.True(await _host.QueryAsync(context => context.AuditEvents.AnyAsync(row => row.Kind == "recovery-code-used", Token)));
    }

    [Fact]
    [Trait("ASVS", "6.2.1")]
    public async Task Beside_the_app_a_password_may_be_short_and_then_the_app_cannot_go_before_it_is_longer()
    {
        const string Short = "kT9#vq7mZw";
        using var refused = await ChangePasswordAsync(_user.Password, Short);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await AddAsync();

        using var taken = await ChangePasswordAsync(_user.Password, Short);
        Assert.True(taken.IsSuccessStatusCode);
        Assert.Equal(15, Assert.IsType<SecondFactorOutcome.NeedsLongerPassword>(await Factors.RemoveAsync(_person, false, Token)).MinimumLength);
        Assert.True((await Factors.FindAsync(_person, Token))!.HasApp);

        using var longer = await ChangePasswordAsync(Short, "seven herons sleep by lamplight");
        Assert.IsType<SecondFactorOutcome.Done>(await Factors.RemoveAsync(_person, false, Token));
    }

    [Fact]
    [Trait("ASVS", "7.2.4")]
    public async Task A_code_confirms_who_is_there_in_place_of_the_password_under_a_new_key_and_once()
    {
        var (setup, codes) = await AddAsync();
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
        var code = CodeOf(setup);

        using var right = await ConfirmAsync(code);
        using var again = await ConfirmAsync(code);
        using var onPaper = await ConfirmAsync(codes[0]);

        Assert.Equal((true, HttpStatusCode.BadRequest, true), (right.IsSuccessStatusCode, again.StatusCode, onPaper.IsSuccessStatusCode));
        Assert.Contains(right.Headers.GetValues("Set-Cookie"), cookie => cookie.Contains("session", StringComparison.Ordinal));
        Assert.IsType<SecondFactorOutcome.Done>(await Factors.RenewRecoveryCodesAsync(_person, false, Token));
    }

    private async Task<AuthenticatorSetup> BeginAsync() =>
        Assert.IsType<SecondFactorOutcome.Begun>(await Factors.BeginAsync(_person, Token)).Setup;

    private async Task<(AuthenticatorSetup Setup, IReadOnlyList<string> Codes)> AddAsync()
    {
        var setup = await BeginAsync();
        return (setup, Assert.IsType<SecondFactorOutcome.Done>(await Factors.AddAsync(_person, setup, CodeOf(setup), false, Token)).RecoveryCodes);
    }

    private string CodeOf(AuthenticatorSetup setup) => Totp.CodeAt(setup.Secret, Totp.StepAt(_host.Clock.GetUtcNow()));

    private Task<HttpResponseMessage> ChangePasswordAsync(string current, string replacement) =>
        _browser.PostAsJsonAsync("/api/change-password", new { password = current, new_password = replacement }, Token);

    private Task<HttpResponseMessage> ConfirmAsync(string code) => _browser.PostAsJsonAsync("/api/confirm-password", new { code }, Token);
}
