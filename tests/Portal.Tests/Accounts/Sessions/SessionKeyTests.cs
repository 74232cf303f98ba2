using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Sessions;

public sealed class SessionKeyTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "7.2.4")]
    public async Task Every_sign_in_makes_a_new_session_and_ends_the_one_this_browser_had()
    {
        var user = await _host.CreateUserAsync();
        using var other = await _host.BeginSessionAsync(user);
        using var browser = _host.CreateClient();
        var form = await PortalHost.OpenFormAsync(browser, "/login", "sign-in", Token);
        await browser.PostAsync("/login", form.With("Input.Login", user.Email).With("Input.Password", user.Password).ToContent(), Token);
        var first = await _host.IdAsync(browser);
        using var kept = _host.CreateClient();
        _host.CookiesOf(kept).Add(_host.CookiesOf(browser).GetCookies(_host.BaseAddress));

        using var answer = await SignInWhileSignedInAsync(browser, user);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.NotEqual(first, await _host.IdAsync(browser));
        Assert.Equal("replaced", (await _host.RowAsync(first)).EndReason);
        Assert.False(await kept.IsSignedInAsync());
        Assert.True(await browser.IsSignedInAsync());
        Assert.True(await other.IsSignedInAsync());
    }

    [Fact]
    [Trait("ASVS", "7.2.4")]
    public async Task A_planted_cookie_does_not_become_the_session_of_who_signs_in_with_it()
    {
        var attacker = await _host.CreateUserAsync();
        var victim = await _host.CreateUserAsync();
        using var attackers = await _host.BeginSessionAsync(attacker);
        using var victims = _host.CreateClient();
        _host.CookiesOf(victims).Add(_host.CookiesOf(attackers).GetCookies(_host.BaseAddress));

        using var answer = await SignInWhileSignedInAsync(victims, victim);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(victim.Id, (await _host.PersonAsync(victims)).UserId());
        Assert.NotEqual(await _host.IdAsync(attackers), await _host.IdAsync(victims));
        Assert.False(await attackers.IsSignedInAsync());
        Assert.Equal((attacker.Id, "replaced"), ((await _host.RowAsync(await _host.IdAsync(attackers))).UserId, (await _host.RowAsync(await _host.IdAsync(attackers))).EndReason));
    }

    [Fact]
    [Trait("ASVS", "7.2.4")]
    public async Task A_cookie_planted_after_the_form_was_opened_makes_the_form_useless()
    {
        var victim = await _host.CreateUserAsync();
        using var attackers = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        using var victims = _host.CreateClient();
        var form = (await PortalHost.OpenFormAsync(victims, "/login", "sign-in", Token)).With("Input.Login", victim.Email).With("Input.Password", victim.Password);
        _host.CookiesOf(victims).Add(_host.CookiesOf(attackers).GetCookies(_host.BaseAddress));

        using var answer = await victims.PostAsync("/login", form.ToContent(), Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(await _host.SessionsOfAsync(victim, Token));
    }

    [Fact]
    [Trait("ASVS", "7.2.2")]
    public async Task Each_sign_in_has_a_key_of_its_own_and_nothing_that_stays_opens_a_session()
    {
        var user = await _host.CreateUserAsync();
        using var laptop = _host.CreateClient();
        using var phone = _host.CreateClient();
        await PortalHost.SignInAsync(laptop, user, cancellationToken: Token);
        await PortalHost.SignInAsync(phone, user, cancellationToken: Token);
        await _host.EndSessionAsync(await _host.IdAsync(laptop), Token);

        Assert.False(await laptop.IsSignedInAsync());
        Assert.True(await phone.IsSignedInAsync());
        var pair = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user.Email}:{user.Password}"));
        (string Name, string Value)[] fixedOnes =
        [
            ("Authorization", $"Basic {pair}"), ("Authorization", $"Bearer {user.Password}"), ("Authorization", $"Bearer {await _host.IdAsync(phone)}"),
            ("X-Api-Key", user.Password), ("X-User-ID", $"{user.Id}"), ("X-Session-ID", await _host.IdAsync(phone)), ("Cookie", $"{SessionCookieOptions.PlainName}={await _host.IdAsync(phone)}"),
        ];
        foreach (var (name, value) in fixedOnes)
        {
            using var stranger = _host.CreateClient();
            stranger.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
            using var answer = await stranger.GetAsync("/api/me", Token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact]
    [Trait("ASVS", "7.2.3")]
    public async Task The_database_holds_a_hash_of_the_key_and_neither_logs_nor_pages_hold_the_key_or_the_cookie()
    {
        var log = new RecordedLog();
        await using var host = await PortalHost.StartAsync(options => options.ConfigureServices = services =>
        {
            services.AddSingleton<ILoggerProvider>(log);
            services.Configure<LoggerFilterOptions>(filter => { filter.Rules.Clear(); filter.MinLevel = LogLevel.Trace; });
        });
        var user = await host.CreateUserAsync();
        using var browser = host.CreateClient();
        await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
        var cookie = host.CookiesOf(browser).GetCookies(host.BaseAddress)[SessionCookieOptions.PlainName]!.Value;
        var page = await browser.GetStringAsync("/account/sessions", Token);
        var key = host.Get<Microsoft.Extensions.Options.IOptionsMonitor<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>>()
            .Get(SessionSchemes.Current).TicketDataFormat.Unprotect(cookie)!.Principal.Claims.Single().Value;
        var row = await host.RowAsync(await host.IdAsync(browser));
        await host.EndSessionAsync(row.Id, Token);
        await browser.IsSignedInAsync();

        Assert.Equal(43, key.Length);
        Assert.Equal(SessionKey.Hash(key), row.KeyHash);
        Assert.NotEmpty(log.Lines);
        Assert.Contains(row.Id, page);
        string[] secrets = [key, Convert.ToBase64String(row.KeyHash!), Convert.ToHexString(row.KeyHash!), cookie, user.Password];
        Assert.All(secrets, secret =>
        {
            Assert.DoesNotContain(secret, page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(log.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        });
        var everything = await host.QueryAsync(context => context.Database.SqlQueryRaw<string>(
            "SELECT group_concat(quote(Id) || quote(KeyHash) || quote(Ticket) || quote(Ip) || quote(Browser) || quote(Method) || quote(Node)) AS Value FROM Sessions").SingleAsync(Token));
        Assert.DoesNotContain(key, everything);
        Assert.DoesNotContain(Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(key)), everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_row_says_who_signed_in_from_where_and_with_what()
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient("2001:db8::7");

        await PortalHost.SignInAsync(browser, user, remember: true, cancellationToken: Token);

        var row = await _host.RowAsync(await _host.IdAsync(browser));
        Assert.Equal((user.Id, "2001:db8::7", "Firefox", "140", "Linux", "Desktop"), (row.UserId, row.Ip, row.Browser, row.BrowserVersion, row.Os, row.Device));
        Assert.Equal(("pwd", true, Environment.MachineName, null), (row.Method, row.IsPersistent, row.Node, row.EndedAt));
        Assert.True(SessionIds.IsWellFormed(row.Id));
    }

    /// <summary>Somebody signed in is not shown the form, but may still send one; the token of any other form will do.</summary>
    private static async Task<HttpResponseMessage> SignInWhileSignedInAsync(HttpClient browser, TestUser user)
    {
        var form = (await PortalHost.OpenFormAsync(browser, "/signed-out", "/logout", Token))
            .With("_handler", "sign-in").With("Input.Login", user.Email).With("Input.Password", user.Password);
        return await browser.PostAsync("/login", form.ToContent(), Token);
    }
}
