using System.Net;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.SignIn.External;

/// <summary>Signing in by a provider: a real one, by the pages, as a browser without script does.</summary>
public sealed class ExternalSignInTests(ExternalHost shared) : IClassFixture<ExternalHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_linked_identity_opens_its_account()
    {
        var (user, person) = await shared.LinkedAsync();
        using var browser = _host.CreateClient();

        Assert.Equal("/account", await shared.SignInAsync(browser, person with { Session = "there-1" }));

        Assert.True(await browser.IsSignedInAsync());
        var session = Assert.Single(await _host.SessionsOfAsync(user, Token));
        Assert.Equal(("pwd", "Example ID"), (session.Method, session.Provider));
        var row = await _host.RowAsync(session.Id);
        Assert.Equal(("example", person.Subject, "there-1"), (row.Provider, row.ProviderSubject, row.ProviderSessionId));
    }

    [Fact]
    [Trait("ASVS", "10.2.1")]
    [Trait("ASVS", "10.5.1")]
    public async Task A_provider_is_asked_for_a_code_with_pkce_state_and_nonce()
    {
        using var browser = _host.CreateClient();
        var url = await ExternalHost.LeaveAsync(browser);
        await shared.VisitAsync(url, new ProviderPerson("nobody"));

        var asked = shared.Provider.LastRequest;
        Assert.Equal(("code", "S256", "query"), (asked["response_type"], asked["code_challenge_method"], asked.GetValueOrDefault("response_mode", "query")));
        Assert.All(["code_challenge", "state", "nonce"], name => Assert.True(asked[name].Length >= 32, name));
        Assert.Equal("http://localhost/signin-example", asked["redirect_uri"]);
        // Nothing of ours travels in the open.
        Assert.DoesNotContain("/account", Uri.UnescapeDataString(url), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "7.6.2")]
    public async Task Nothing_but_a_pressed_button_goes_to_a_provider()
    {
        using var browser = _host.CreateClient();

        using var opened = await browser.GetAsync("/login/external?scheme=example", Token);
        using var forged = await browser.PostAsync("/login/external", new FormUrlEncodedContent([new("_handler", "external"), new("scheme", "example")]), Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (opened.StatusCode, forged.StatusCode));
        Assert.False(opened.Headers.Contains("Refresh"));
        Assert.False(forged.Headers.Contains("Refresh"));
        Assert.Equal("/login?external=expired", await ExternalHost.ReturnAsync(browser, "/signin-example?code=stolen&state=made-up"));
        Assert.Equal("/login?external=expired", (await browser.GetAsync("/login/external/done", Token)).Headers.Location!.OriginalString);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_provider_proved_opens_one_session_however_many_copies_of_it_there_are(bool isKnown)
    {
        var person = isKnown ? (await shared.LinkedAsync()).Person
            : new ProviderPerson($"copied-{Guid.CreateVersion7():N}") { Email = $"copied-{Guid.CreateVersion7():N}@example.org", IsEmailVerified = true };
        using var browser = _host.CreateClient();
        using var back = await browser.GetAsync(await shared.VisitAsync(await ExternalHost.LeaveAsync(browser), person), Token);
        using var thief = _host.CreateClient();
        _host.CookiesOf(thief).Add(_host.CookiesOf(browser).GetCookies(_host.BaseAddress));

        using var done = await browser.GetAsync(back.Headers.Location, Token);
        if (!isKnown)
        {
            using var made = await PortalHost.PostFormAsync(browser, done.Headers.Location!.OriginalString, "register-external", [], Token);
        }

        using var copied = await thief.GetAsync(back.Headers.Location, Token);

        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal("/login?external=expired", copied.Headers.Location!.OriginalString);
        Assert.False(await thief.IsSignedInAsync());
    }

    [Fact]
    [Trait("ASVS", "6.8.1")]
    [Trait("ASVS", "10.5.2")]
    public async Task The_same_subject_at_two_providers_is_two_people()
    {
        var (ana, bea) = (await _host.CreateUserAsync(), await _host.CreateUserAsync());
        var person = new ProviderPerson($"both-{ana.Id}") { Email = ana.Email, IsEmailVerified = true };
        await _host.LinkAsync(ana, person.Subject);
        await _host.LinkAsync(bea, person.Subject, ExternalHost.OtherScheme);
        using var one = _host.CreateClient();
        using var two = _host.CreateClient();

        await shared.SignInAsync(one, person);
        await shared.SignInAsync(two, person, ExternalHost.OtherScheme);

        Assert.Equal((ana.Id, bea.Id), ((await _host.PersonAsync(one)).UserId(), (await _host.PersonAsync(two)).UserId()));
    }

    [Theory]
    [InlineData(null, "pwd")]
    [InlineData("pwd otp", "pwd otp")]
    [InlineData("made-up", "pwd")]
    [InlineData("hwk admin", "hwk")]
    [Trait("ASVS", "6.8.4")]
    public async Task A_provider_that_does_not_say_how_is_taken_to_have_asked_for_a_password(string? said, string held)
    {
        var (user, person) = await shared.LinkedAsync();
        using var browser = _host.CreateClient();

        await shared.SignInAsync(browser, person with { Methods = said?.Split(' ') });

        Assert.Equal(held, Assert.Single(await _host.SessionsOfAsync(user, Token)).Method);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(60, false)]
    [InlineData(1, true)]
    [Trait("ASVS", "6.8.4")]
    public async Task How_recent_a_proof_is_is_the_providers_word_and_without_one_long_ago(int? minutesAgo, bool isRecent)
    {
        var (user, person) = await shared.LinkedAsync();
        using var browser = _host.CreateClient();
        DateTimeOffset? at = minutesAgo is { } minutes ? _host.Clock.GetUtcNow().AddMinutes(-minutes) : null;

        await shared.SignInAsync(browser, person with { AuthenticatedAt = at });

        var asker = SessionAsker.Of(await _host.PersonAsync(browser))!;
        Assert.Equal(user.Id, asker.UserId);
        Assert.Equal(isRecent, await _host.QueryAsync(context => _host.Get<RecentAuthentication>().IsRecentAsync(context, asker, Token)));
    }

    [Fact]
    [Trait("ASVS", "7.1.3")]
    [Trait("ASVS", "7.6.1")]
    public async Task How_long_the_session_lives_is_not_the_providers_to_say()
    {
        var (user, person) = await shared.LinkedAsync();
        shared.Provider.Tamper = token => shared.Resign(token, payload => payload["exp"] = _host.Clock.GetUtcNow().AddYears(3).ToUnixTimeSeconds());
        try
        {
            using var browser = _host.CreateClient();
            await shared.SignInAsync(browser, person);
        }
        finally
        {
            shared.Provider.Tamper = null;
        }

        var row = await _host.RowAsync(Assert.Single(await _host.SessionsOfAsync(user, Token)).Id);
        var options = new SessionsOptions();
        Assert.Equal((options.ShortIdleTimeout, row.CreatedAt + options.AbsoluteTimeout), (row.IdleTimeout, row.AbsoluteExpiresAt));
    }

    [Theory]
    [InlineData(false, true, "/login?external=inactive")]
    [InlineData(true, false, "/login?external=unconfirmed")]
    [Trait("ASVS", "6.3.4")]
    public async Task It_asks_of_an_account_what_a_password_does(bool isActive, bool isConfirmed, string answer)
    {
        var (user, person) = await shared.LinkedAsync(isActive, isConfirmed);
        using var browser = _host.CreateClient();

        Assert.Equal(answer, await shared.SignInAsync(browser, person));

        Assert.False(await browser.IsSignedInAsync());
        Assert.Empty(await _host.SessionsOfAsync(user, Token));
        using var page = await browser.GetAsync(answer, Token);
        Assert.Contains(isActive ? "Your address is not confirmed yet." : "This account is deactivated.", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pwd otp")]
    [Trait("ASVS", "6.3.4")]
    [Trait("ASVS", "6.8.4")]
    public async Task A_second_factor_of_the_account_is_asked_for_where_the_provider_does_not_vouch_for_several(string? said)
    {
        var (user, person) = await shared.LinkedAsync();
        var (app, _) = await _host.AddSecondFactorAsync(user);
        using var browser = _host.CreateClient();

        Assert.Equal("/login/two-factor?returnUrl=%2Faccount%2Fsessions", await shared.SignInAsync(
            browser, person with { Methods = said?.Split(' '), Session = "there-2" }, path: "/login?returnUrl=%2Faccount%2Fsessions"));
        Assert.False(await browser.IsSignedInAsync());
        using var answer = await PortalHost.GiveCodeAsync(browser, app.CodeAt(_host.Clock.GetUtcNow()), cancellationToken: Token);

        Assert.True(await browser.IsSignedInAsync());
        // What the provider vouched for is known after the second step too, so that its notice finds the session.
        var row = await _host.RowAsync(Assert.Single(await _host.SessionsOfAsync(user, Token)).Id);
        Assert.Equal(("example", person.Subject, "there-2"), (row.Provider, row.ProviderSubject, row.ProviderSessionId));
        Assert.EndsWith("otp mfa", row.Method, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_vouches_for_several_factors_spares_the_accounts_own()
    {
        var (user, person) = await shared.LinkedAsync();
        await _host.AddSecondFactorAsync(user);
        using var browser = _host.CreateClient();

        Assert.Equal("/account", await shared.SignInAsync(browser, person with { Methods = ["pwd", "mfa"] }));
    }

    [Fact]
    public async Task Who_says_no_at_the_provider_is_told_so_and_may_try_again()
    {
        using var browser = _host.CreateClient();
        shared.Provider.IsDenying = true;
        try
        {
            Assert.Equal("/login?external=denied", await shared.SignInAsync(browser, new ProviderPerson("nobody")));
        }
        finally
        {
            shared.Provider.IsDenying = false;
        }

        Assert.Contains("You stopped at the provider.", await browser.GetStringAsync("/login?external=denied", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_down_is_a_sentence_and_not_an_error()
    {
        await using var host = await PortalHost.StartAsync(options =>
        {
            shared.Provider.AddTo(options.Settings);
            options.Settings["ExternalProviders:0:Authority"] = "http://127.0.0.1:9/";
        });
        using var browser = host.CreateClient();

        using var answer = await PortalHost.PostFormAsync(browser, "/login", "external", [new("scheme", "example")], Token);

        Assert.Equal("/login?external=unreachable", answer.Headers.Location?.OriginalString.Replace("http://localhost", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_browser_is_mailed_about()
    {
        var (user, person) = await shared.LinkedAsync();
        using var known = _host.CreateClient();
        await shared.SignInAsync(known, person);
        using var stranger = _host.CreateClient("198.51.100.40", "curl/8.5.0");

        await shared.SignInAsync(stranger, person);

        Assert.Contains("198.51.100.40", (await _host.Mails.WaitForAsync(user.Email, "New sign-in", Token)).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_goes_afterwards_is_on_this_site()
    {
        var (_, person) = await shared.LinkedAsync();
        using var browser = _host.CreateClient();

        Assert.Equal("/account/sessions", await shared.SignInAsync(browser, person, path: "/login?returnUrl=%2Faccount%2Fsessions"));
        using var other = _host.CreateClient();
        Assert.Equal("/account", await shared.SignInAsync(other, person, path: "/login?returnUrl=%2F%5Cevil.example"));
    }

    [Fact]
    [Trait("ASVS", "3.3.1")]
    public async Task Over_TLS_the_cookies_of_the_way_are_held_to_this_host()
    {
        await using var host = await shared.StartPortalAsync(options => options.Settings["Portal:PublicUrl"] = "https://accounts.example.org");
        var handler = host.Get<IOptionsMonitor<OpenIdConnectOptions>>().Get(ExternalHost.Scheme);
        foreach (var cookie in new[] { handler.CorrelationCookie, handler.NonceCookie })
        {
            var built = cookie.Build(new DefaultHttpContext(), host.Clock.GetUtcNow());
            Assert.StartsWith("__Host-portal-", cookie.Name, StringComparison.Ordinal);
            Assert.Equal(("/", true, true, null), (built.Path, built.Secure, built.HttpOnly, built.Domain));
        }
    }

    [Fact]
    public async Task No_token_of_the_provider_is_kept()
    {
        var (user, person) = await shared.LinkedAsync();
        using var browser = _host.CreateClient();
        await shared.SignInAsync(browser, person);

        Assert.DoesNotContain(_host.CookiesOf(browser).GetAllCookies(), cookie => cookie.Name.Contains("external", StringComparison.Ordinal) || cookie.Name.Contains("nonce", StringComparison.Ordinal));
        Assert.Equal(0, await _host.QueryAsync(context => context.UserTokens.CountAsync(row => row.UserId == user.Id, Token)));
    }
}
