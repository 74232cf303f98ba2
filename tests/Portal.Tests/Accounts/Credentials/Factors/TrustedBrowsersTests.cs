using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Administration;
using Portal.Accounts.Credentials;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Accounts.Credentials.Factors;

public sealed class TrustedBrowsersTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private TestUser _user = null!;
    private TestAuthenticator _app = null!;
    private HttpClient _browser = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _user = await _host.CreateUserAsync();
        (_app, _) = await _host.AddSecondFactorAsync(_user);
        _browser = _host.CreateClient();
        (await PortalHost.SignInAsync(_browser, _user, cancellationToken: Token)).Dispose();
        using var answer = await PortalHost.GiveCodeAsync(_browser, _app.CodeAt(_host.Clock.GetUtcNow()), trust: true, cancellationToken: Token);
        Assert.Equal("/account", answer.LeadsTo());
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return _host.DisposeAsync();
    }

    [Fact]
    public async Task The_sessions_page_says_so_and_the_store_keeps_no_key()
    {
        var session = Assert.Single(await _host.Get<ISessionService>().ListAsync(await _host.PersonAsync(_browser), Token));

        Assert.Equal(_host.Clock.GetUtcNow().AddDays(30), session.TrustedUntil);
        var cookie = _host.CookiesOf(_browser).GetCookies(_host.BaseAddress)["portal-trust"]!;
        Assert.True(cookie.HttpOnly);
        var row = await _host.QueryAsync(context => context.TrustedBrowsers.AsNoTracking().SingleAsync(Token));
        Assert.Equal(-1, row.KeyHash.AsSpan().IndexOf(Convert.FromBase64String($"{cookie.Value.Replace('-', '+').Replace('_', '/')}=")));
    }

    [Fact]
    public async Task It_outlives_the_persons_own_signing_out_and_the_next_session_carries_it()
    {
        await SignOutAsync();
        Assert.Equal("/account", await SignInAgainAsync());

        var id = await _host.IdAsync(_browser);
        Assert.Equal(id, (await _host.QueryAsync(context => context.TrustedBrowsers.AsNoTracking().SingleAsync(Token))).SessionId);
        // The password alone was proved: what needs a second factor asks for it.
        Assert.False((await _host.PersonAsync(_browser)).HasSecondFactor());
    }

    [Fact]
    public async Task A_new_password_ends_it()
    {
        await ApiHost.SendTokenAsync(_browser);
        using var changed = await _browser.PostAsJsonAsync("/api/change-password", new { password = _user.Password, new_password = "seven herons sleep by lamplight" }, Token);
        Assert.True(changed.IsSuccessStatusCode);
        _browser.DefaultRequestHeaders.Remove("RequestVerificationToken");
        await SignOutAsync();

        using var answer = await PortalHost.SignInAsync(_browser, _user, password: "seven herons sleep by lamplight", cancellationToken: Token);
        Assert.Equal("/login/two-factor", answer.LeadsTo());
    }

    [Fact]
    [Trait("ASVS", "6.4.3")]
    [Trait("ASVS", "6.3.6")]
    public async Task A_password_chosen_by_mail_gets_round_neither_the_trust_nor_the_second_factor()
    {
        using var stranger = _host.CreateClient("192.0.2.8");
        (await PortalHost.PostFormAsync(stranger, "/forgot-password", "forgot-password", [new("Input.Email", _user.Email)], Token)).Dispose();
        var link = CaughtMails.LinkOf(await _host.Mails.WaitForAsync(_user.Email, "Choose a new password", Token)).PathAndQuery;
        const string New = "seven herons sleep by lamplight";
        (await PortalHost.PostFormAsync(stranger, link, "reset-password", [new("Input.Password", New), new("Input.ConfirmPassword", New)], Token)).Dispose();

        foreach (var browser in new[] { stranger, _browser })
        {
            using var answer = await PortalHost.SignInAsync(browser, _user, password: New, cancellationToken: Token);
            Assert.Equal("/login/two-factor", answer.LeadsTo());
            Assert.False(await browser.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task Whoever_ends_the_session_from_elsewhere_ends_it()
    {
        Assert.True(await _host.EndSessionAsync(await _host.IdAsync(_browser), Token));

        Assert.Equal("/login/two-factor", await SignInAgainAsync());
    }

    [Fact]
    public async Task Signing_out_everywhere_else_ends_it_there_although_nobody_is_signed_in_there()
    {
        await SignOutAsync();
        _host.Clock.Advance(TimeSpan.FromSeconds(30));
        using var other = _host.CreateClient();
        (await PortalHost.SignInAsync(other, _user, cancellationToken: Token)).Dispose();
        (await PortalHost.GiveCodeAsync(other, _app.CodeAt(_host.Clock.GetUtcNow()), cancellationToken: Token)).Dispose();

        Assert.IsType<EndOutcome.Ended>(await _host.Get<ISessionService>().EndOthersAsync(await _host.PersonAsync(other), Token));

        Assert.Equal("/login/two-factor", await SignInAgainAsync());
    }

    [Fact]
    public async Task It_goes_when_the_account_is_deactivated_and_when_its_person_forgets_it()
    {
        await SignOutAsync();
        await _host.Get<IUserAdmin>().MoveAsync($"{_user.Id}", UserMove.Deactivate, null, Operator.CommandLine, Token);
        Assert.Equal(0, await _host.QueryAsync(context => context.TrustedBrowsers.CountAsync(Token)));
        await _host.Get<IUserAdmin>().MoveAsync($"{_user.Id}", UserMove.Activate, null, Operator.CommandLine, Token);
        Assert.Equal("/login/two-factor", await SignInAgainAsync());

        _host.Clock.Advance(TimeSpan.FromSeconds(30));
        (await PortalHost.GiveCodeAsync(_browser, _app.CodeAt(_host.Clock.GetUtcNow()), trust: true, cancellationToken: Token)).Dispose();
        var person = await _host.PersonAsync(_browser);
        var factors = _host.Get<ISecondFactorService>();
        var trusted = Assert.Single((await factors.FindAsync(person, Token))!.TrustedBrowsers);
        using var stranger = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        Assert.False(await factors.ForgetBrowserAsync(await _host.PersonAsync(stranger), trusted.Id, Token));
        Assert.True(await factors.ForgetBrowserAsync(person, trusted.Id, Token));
        await SignOutAsync();
        Assert.Equal("/login/two-factor", await SignInAgainAsync());
    }

    [Fact]
    public async Task A_made_up_key_is_worth_nothing()
    {
        using var stranger = _host.CreateClient();
        _host.CookiesOf(stranger).Add(_host.BaseAddress, new Cookie("portal-trust", new string('A', 43)));

        using var answer = await PortalHost.SignInAsync(stranger, _user, cancellationToken: Token);

        Assert.Equal("/login/two-factor", answer.LeadsTo());
    }

    private async Task SignOutAsync() => (await PortalHost.PostFormAsync(_browser, "/account/sessions", "/logout", [], Token)).Dispose();

    private async Task<string?> SignInAgainAsync()
    {
        using var answer = await PortalHost.SignInAsync(_browser, _user, cancellationToken: Token);
        return answer.LeadsTo();
    }
}
