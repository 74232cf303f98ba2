using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Testing;

namespace Portal.Tests.Accounts.SignIn;

public sealed class SecondStepTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private TestUser _user = null!;
    private TestAuthenticator _app = null!;
    private IReadOnlyList<string> _recovery = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Code => _app.CodeAt(_host.Clock.GetUtcNow());

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _user = await _host.CreateUserAsync();
        (_app, _recovery) = await _host.AddSecondFactorAsync(_user);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("ASVS", "6.3.4")]
    public async Task The_right_password_alone_begins_no_session_and_leads_to_the_code()
    {
        using var browser = _host.CreateClient();

        using var answer = await PortalHost.PostFormAsync(
            browser, "/login?returnUrl=%2Faccount%2Fsessions", "sign-in", [new("Input.Login", _user.Email), new("Input.Password", _user.Password)], Token);

        Assert.Equal("/login/two-factor?returnUrl=%2Faccount%2Fsessions", answer.LeadsTo());
        Assert.False(await browser.IsSignedInAsync());
        Assert.Empty(await _host.SessionsOfAsync(_user, Token));
    }

    [Fact]
    public async Task The_code_completes_the_sign_in_and_the_session_says_how()
    {
        using var browser = await WaitingAsync();

        using var answer = await PortalHost.GiveCodeAsync(browser, Code, cancellationToken: Token);

        Assert.Equal("/account", answer.LeadsTo());
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal("pwd otp mfa", Assert.Single(await _host.SessionsOfAsync(_user, Token)).Method);
    }

    [Fact]
    public async Task A_wrong_code_is_told_and_the_next_right_one_is_taken()
    {
        using var browser = await WaitingAsync();

        using var wrong = await PortalHost.GiveCodeAsync(browser, Wrong(), cancellationToken: Token);
        Assert.Contains("This code is wrong, too old, or was used before.", (await wrong.PageAsync()).Alert());
        Assert.False(await browser.IsSignedInAsync());

        using var right = await PortalHost.GiveCodeAsync(browser, Code, cancellationToken: Token);
        Assert.Equal("/account", right.LeadsTo());
    }

    [Fact]
    [Trait("ASVS", "6.5.1")]
    public async Task A_code_signs_in_once_and_no_older_one_after_it()
    {
        var (before, now) = (_app.CodeAt(_host.Clock.GetUtcNow().AddSeconds(-30)), Code);
        using var first = await PortalHost.GiveCodeAsync(await WaitingAsync(), now, cancellationToken: Token);
        Assert.Equal("/account", first.LeadsTo());

        foreach (var used in new[] { now, before })
        {
            using var browser = await WaitingAsync();
            using var again = await PortalHost.GiveCodeAsync(browser, used, cancellationToken: Token);

            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            Assert.False(await browser.IsSignedInAsync());
        }
    }

    [Fact]
    [Trait("ASVS", "6.5.1")]
    public async Task Of_many_posts_of_one_code_at_once_exactly_one_signs_in()
    {
        var browsers = new List<HttpClient>();
        for (var i = 0; i < 4; i++)
        {
            browsers.Add(await WaitingAsync($"192.0.2.{i + 1}"));
        }

        var code = Code;
        var answers = await Task.WhenAll(browsers.Select(browser => PortalHost.GiveCodeAsync(browser, code, cancellationToken: Token)));

        Assert.Single(answers, answer => answer.LeadsTo() == "/account");
        Assert.Single(await _host.SessionsOfAsync(_user, Token));
    }

    [Fact]
    [Trait("ASVS", "6.5.8")]
    public async Task Half_a_minute_later_the_code_is_still_taken_and_a_minute_later_no_more()
    {
        var code = Code;
        _host.Clock.Advance(TimeSpan.FromSeconds(60));
        using var late = await WaitingAsync();
        using var refused = await PortalHost.GiveCodeAsync(late, code, cancellationToken: Token);
        Assert.False(await late.IsSignedInAsync());

        code = Code;
        _host.Clock.Advance(TimeSpan.FromSeconds(30));
        using var taken = await PortalHost.GiveCodeAsync(late, code, cancellationToken: Token);
        Assert.Equal("/account", taken.LeadsTo());
    }

    [Fact]
    [Trait("ASVS", "6.5.1")]
    public async Task A_recovery_code_signs_in_once_however_it_is_typed()
    {
        using var first = await PortalHost.GiveRecoveryCodeAsync(await WaitingAsync(), _recovery[0].ToLowerInvariant().Replace('-', ' '), Token);
        Assert.Equal("/account", first.LeadsTo());
        Assert.Equal("pwd recovery mfa", Assert.Single(await _host.SessionsOfAsync(_user, Token)).Method);

        using var browser = await WaitingAsync();
        using var again = await PortalHost.GiveRecoveryCodeAsync(browser, _recovery[0], Token);
        Assert.Contains("This code is none of yours, or was used before.", (await again.PageAsync()).Alert());

        using var other = await PortalHost.GiveRecoveryCodeAsync(browser, _recovery[1], Token);
        Assert.Equal("/account", other.LeadsTo());
    }

    [Fact]
    [Trait("ASVS", "6.3.1")]
    public async Task After_five_wrong_codes_even_the_right_one_waits_and_the_password_forgives_none()
    {
        for (var i = 0; i < 5; i++)
        {
            using var browser = await WaitingAsync($"192.0.2.{i + 1}");
            using var wrong = await PortalHost.GiveCodeAsync(browser, Wrong(), cancellationToken: Token);
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }

        using var another = await WaitingAsync("192.0.2.200");
        using var answer = await PortalHost.GiveCodeAsync(another, Code, cancellationToken: Token);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Contains("Too many wrong codes.", (await answer.PageAsync()).Alert());
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_strangers_wrong_codes_lock_nobody_out_of_their_own_browser()
    {
        using var own = await WaitingAsync();
        (await PortalHost.GiveCodeAsync(own, Code, cancellationToken: Token)).Dispose();
        _host.Clock.Advance(TimeSpan.FromSeconds(30));
        using var stranger = await WaitingAsync("192.0.2.9");
        for (var i = 0; i < 6; i++)
        {
            (await PortalHost.GiveCodeAsync(stranger, Wrong(), cancellationToken: Token)).Dispose();
        }

        (await PortalHost.PostFormAsync(own, "/account/sessions", "/logout", [], Token)).Dispose();
        (await PortalHost.SignInAsync(own, _user, cancellationToken: Token)).Dispose();
        using var answer = await PortalHost.GiveCodeAsync(own, Code, cancellationToken: Token);

        Assert.Equal("/account", answer.LeadsTo());
    }

    [Fact]
    public async Task After_a_hundred_wrong_codes_in_a_row_only_a_recovery_code_helps()
    {
        await _host.QueryAsync(context => context.Authenticators.ExecuteUpdateAsync(row => row.SetProperty(found => found.FailedInARow, 100), Token));
        using var browser = await WaitingAsync();

        using var refused = await PortalHost.GiveCodeAsync(browser, Code, cancellationToken: Token);
        Assert.False(await browser.IsSignedInAsync());
        using var recovered = await PortalHost.GiveRecoveryCodeAsync(browser, _recovery[0], Token);
        Assert.Equal("/account", recovered.LeadsTo());

        using var next = await PortalHost.GiveCodeAsync(await WaitingAsync("192.0.2.7"), Code, cancellationToken: Token);
        Assert.Equal("/account", next.LeadsTo());
    }

    [Fact]
    [Trait("ASVS", "6.1.1")]
    public async Task Who_does_not_have_the_password_cannot_use_up_the_apps_wrong_codes()
    {
        using var browser = _host.CreateClient();
        using var answer = await browser.PostAsJsonAsync("/api/login", new { email = _user.Email, password = "not the password at all", code = "000000" }, Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(0, await _host.QueryAsync(context => context.Authenticators.Select(app => app.FailedInARow).SingleAsync(Token)));
    }

    [Fact]
    public async Task The_first_step_waits_for_ten_minutes()
    {
        using var browser = await WaitingAsync();
        _host.Clock.Advance(TimeSpan.FromMinutes(10));

        using var posted = await browser.GetAsync("/login/two-factor?returnUrl=%2Faccount%2Fsessions", Token);

        Assert.Equal("/login?returnUrl=%2Faccount%2Fsessions&late=true", posted.LeadsTo());
        using var page = await browser.GetAsync(posted.LeadsTo(), Token);
        Assert.Contains("Start again.", (await page.PageAsync()).Alert());
    }

    [Fact]
    public async Task A_new_password_makes_the_wait_worthless()
    {
        using var browser = await WaitingAsync();
        await _host.QueryAsync(context => context.Users.Where(user => user.Id == _user.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(user => user.PasswordHash, "another"), Token));

        using var answer = await PortalHost.GiveCodeAsync(browser, Code, cancellationToken: Token);

        Assert.Equal("/login?late=true", answer.LeadsTo());
        Assert.Empty(await _host.SessionsOfAsync(_user, Token));
    }

    [Fact]
    public async Task Who_gave_no_password_is_led_to_it()
    {
        using var browser = _host.CreateClient();

        foreach (var path in new[] { "/login/two-factor", "/login/recovery-code" })
        {
            using var answer = await browser.GetAsync(path, Token);
            Assert.Equal("/login?late=true", answer.LeadsTo());
        }
    }

    [Fact]
    public async Task A_trusted_browser_is_asked_for_the_password_alone_and_another_for_both()
    {
        using var own = await WaitingAsync();
        (await PortalHost.GiveCodeAsync(own, Code, trust: true, cancellationToken: Token)).Dispose();
        (await PortalHost.PostFormAsync(own, "/account/sessions", "/logout", [], Token)).Dispose();

        using var again = await PortalHost.SignInAsync(own, _user, cancellationToken: Token);
        using var elsewhere = await PortalHost.SignInAsync(_host.CreateClient(), _user, cancellationToken: Token);

        Assert.Equal("/account", again.LeadsTo());
        Assert.Equal("/login/two-factor", elsewhere.LeadsTo());
    }

    [Fact]
    public async Task The_trust_is_one_persons_and_ends_after_thirty_days()
    {
        using var own = await WaitingAsync();
        (await PortalHost.GiveCodeAsync(own, Code, trust: true, cancellationToken: Token)).Dispose();
        (await PortalHost.PostFormAsync(own, "/account/sessions", "/logout", [], Token)).Dispose();
        var other = await _host.CreateUserAsync();
        await _host.AddSecondFactorAsync(other);

        using var others = await PortalHost.SignInAsync(own, other, cancellationToken: Token);
        Assert.Equal("/login/two-factor", others.LeadsTo());

        _host.Clock.Advance(TimeSpan.FromDays(30));
        using var late = await PortalHost.SignInAsync(own, _user, cancellationToken: Token);
        Assert.Equal("/login/two-factor", late.LeadsTo());
    }

    private async Task<HttpClient> WaitingAsync(string address = "192.0.2.100")
    {
        var browser = _host.CreateClient(address);
        using var answer = await PortalHost.SignInAsync(browser, _user, cancellationToken: Token);
        Assert.Equal("/login/two-factor", answer.LeadsTo());
        return browser;
    }

    private string Wrong() => Code == "000000" ? "000001" : "000000";
}
