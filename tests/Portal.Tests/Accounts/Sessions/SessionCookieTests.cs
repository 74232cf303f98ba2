using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Sessions;

public sealed class SessionCookieTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Forgeries =>
    [
        "x", "CfDJ8", "%00", "chunks-3", "chunks-99999", "chunks-abc", "\"quoted\"", new string('A', 30_000), "=;=,", "ключ",
    ];

    [Fact]
    [Trait("ASVS", "3.3.1")]
    public async Task Over_plain_http_the_cookie_is_hidden_from_script_and_stays_on_this_site()
    {
        var cookie = (await SetCookiesAtSignInAsync(_host)).Single(cookie => cookie.Name == SessionCookieOptions.PlainName);

        Assert.Equal((true, Microsoft.Net.Http.Headers.SameSiteMode.Lax, "/", false), (cookie.HttpOnly, cookie.SameSite, cookie.Path.Value, cookie.Domain.HasValue));
    }

    [Fact]
    [Trait("ASVS", "3.3.1")]
    [Trait("ASVS", "3.3.2")]
    [Trait("ASVS", "3.3.3")]
    [Trait("ASVS", "3.3.4")]
    public async Task Over_TLS_every_cookie_is_secure_and_bound_to_this_host()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Portal:PublicUrl"] = "https://accounts.example.org");

        var cookies = await SetCookiesAtSignInAsync(host);

        Assert.Contains(cookies, cookie => cookie.Name == SessionCookieOptions.SecureName);
        Assert.All(cookies, cookie =>
        {
            Assert.StartsWith("__Host-", cookie.Name.Value, StringComparison.Ordinal);
            Assert.True(cookie.Secure && cookie.HttpOnly, cookie.ToString());
            Assert.NotEqual(Microsoft.Net.Http.Headers.SameSiteMode.None, cookie.SameSite);
            Assert.Equal(("/", false), (cookie.Path.Value, cookie.Domain.HasValue));
        });
    }

    [Fact]
    public async Task Behind_a_proxy_that_speaks_plain_http_to_the_portal_the_cookie_is_secure_all_the_same()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Portal:PublicUrl"] = "https://accounts.example.org");
        using var browser = host.CreateClient();

        using var page = await browser.GetAsync("http://accounts.example.org/login", Token);

        Assert.All(SetCookies(page), cookie => Assert.True(cookie.Secure, cookie.ToString()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_cookie_outlives_the_browser_for_who_stays_signed_in_alone(bool remember)
    {
        var cookie = (await SetCookiesAtSignInAsync(_host, remember)).Single(cookie => cookie.Name == SessionCookieOptions.PlainName);

        Assert.Equal(remember, cookie.Expires is not null);
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    [Trait("ASVS", "7.2.1")]
    public async Task A_forged_cookie_is_nobodys(string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/sessions");
        request.Headers.TryAddWithoutValidation("Cookie", $"{SessionCookieOptions.PlainName}={value}; {SessionCookieOptions.PlainName}C1={value}; portal-browser={value}");

        using var answer = await _host.CreateClient().SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/login", answer.LeadsTo(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "7.2.1")]
    public async Task A_cookie_changed_in_any_place_is_nobodys()
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        var value = _host.CookiesOf(browser).GetCookies(_host.BaseAddress)[SessionCookieOptions.PlainName]!.Value;

        for (var at = 0; at < value.Length; at += 7)
        {
            var forged = value[..at] + (value[at] == 'A' ? 'B' : 'A') + value[(at + 1)..];
            using var thief = _host.CreateClient();
            _host.CookiesOf(thief).Add(_host.BaseAddress, new Cookie(SessionCookieOptions.PlainName, forged));
            Assert.False(await thief.IsSignedInAsync());
        }

        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_well_protected_cookie_with_a_key_nobody_was_given_is_nobodys()
    {
        var cookie = _host.Get<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SessionSchemes.Current);
        var person = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity(
            [new("Microsoft.AspNetCore.Authentication.Cookies-SessionId", SessionKey.New())], SessionSchemes.Current));
        using var browser = _host.CreateClient();
        _host.CookiesOf(browser).Add(_host.BaseAddress, new Cookie(
            SessionCookieOptions.PlainName, cookie.TicketDataFormat.Protect(new Microsoft.AspNetCore.Authentication.AuthenticationTicket(person, SessionSchemes.Current))));

        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Programs_are_told_in_a_status_and_not_sent_to_a_page()
    {
        using var browser = _host.CreateClient();

        using var answer = await browser.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Token);

        Assert.NotEqual(HttpStatusCode.Redirect, answer.StatusCode);
    }

    private static async Task<List<SetCookieHeaderValue>> SetCookiesAtSignInAsync(PortalHost host, bool remember = false)
    {
        var user = await host.CreateUserAsync();
        using var browser = host.CreateClient();
        using var page = await browser.GetAsync("/login", Token);
        using var answer = await PortalHost.SignInAsync(browser, user, remember, cancellationToken: Token);
        Assert.True(await browser.IsSignedInAsync());
        return [.. SetCookies(page), .. SetCookies(answer)];
    }

    private static IEnumerable<SetCookieHeaderValue> SetCookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var values) ? SetCookieHeaderValue.ParseList([.. values]) : [];
}
