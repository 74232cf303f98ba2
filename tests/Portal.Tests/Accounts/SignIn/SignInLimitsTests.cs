using System.Collections.Concurrent;
using System.Net;
using Portal.Testing;

namespace Portal.Tests.Accounts.SignIn;

public sealed class SignInLimitsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Wrong = "not the password at all";

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("ASVS", "6.3.1")]
    public async Task After_five_failures_even_the_right_password_waits_a_quarter_of_an_hour()
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        using var browser = host.CreateClient();
        await FailAsync(browser, user.Email, 5);
        host.Clock.Advance(TimeSpan.FromMinutes(5));

        using var refused = await PortalHost.SignInAsync(browser, user, cancellationToken: Token);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(10), refused.Headers.RetryAfter?.Delta);
        Assert.Contains("Too many failed attempts. Try again in 10 minutes.", (await refused.PageAsync()).Alert());
        Assert.False(await browser.IsSignedInAsync());

        host.Clock.Advance(TimeSpan.FromMinutes(10));
        using var accepted = await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
    }

    [Fact]
    public async Task A_name_nobody_has_is_throttled_like_any_other()
    {
        using var browser = _host.CreateClient("192.0.2.30");
        await FailAsync(browser, "nobody-at-all@example.org", 5);

        using var refused = await PortalHost.SignInAsync(browser, "Nobody-at-all@example.org", Wrong, cancellationToken: Token);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task Four_failures_are_forgotten_after_the_right_password()
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient("192.0.2.31");
        for (var i = 0; i < 3; i++)
        {
            await FailAsync(browser, user.Email, 4);
            using var accepted = await PortalHost.SignInAsync(_host.CreateClient("192.0.2.31"), user, cancellationToken: Token);
            Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        }
    }

    [Fact]
    [Trait("ASVS", "6.1.1")]
    public async Task A_stranger_who_guesses_does_not_lock_people_out_of_a_browser_they_signed_in_with_before()
    {
        var user = await _host.CreateUserAsync();
        using var own = _host.CreateClient("192.0.2.32");
        await PortalHost.SignInAsync(own, user, cancellationToken: Token);
        await PortalHost.PostFormAsync(own, "/account/sessions", "/logout", [], Token);

        using var stranger = _host.CreateClient("192.0.2.33");
        await FailAsync(stranger, user.Email, 5);
        await FailAsync(stranger, user.UserName!, 5);

        using var elsewhere = await PortalHost.SignInAsync(_host.CreateClient("192.0.2.34"), user, cancellationToken: Token);
        using var atHome = await PortalHost.SignInAsync(own, user, cancellationToken: Token);
        Assert.Equal(HttpStatusCode.TooManyRequests, elsewhere.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, atHome.StatusCode);
    }

    [Fact]
    public async Task A_known_browser_has_no_more_guesses_than_others_and_none_on_other_accounts()
    {
        var user = await _host.CreateUserAsync();
        var other = await _host.CreateUserAsync();
        using var browser = _host.CreateClient("192.0.2.35");
        await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
        await PortalHost.PostFormAsync(browser, "/account/sessions", "/logout", [], Token);
        await FailAsync(browser, user.Email, 5);
        await FailAsync(_host.CreateClient("192.0.2.36"), other.Email, 5);

        using var own = await PortalHost.SignInAsync(browser, user, cancellationToken: Token);
        using var others = await PortalHost.SignInAsync(browser, other, cancellationToken: Token);

        Assert.Equal(HttpStatusCode.TooManyRequests, own.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, others.StatusCode);
    }

    [Fact]
    public async Task One_network_address_fails_fifty_times_over_any_names_and_then_waits_alone()
    {
        var user = await _host.CreateUserAsync();
        using var crowd = _host.CreateClient("192.0.2.37");
        for (var i = 0; i < 50; i++)
        {
            await FailAsync(crowd, $"guess{i}", 1);
        }

        using var refused = await PortalHost.SignInAsync(crowd, user, cancellationToken: Token);
        using var elsewhere = await PortalHost.SignInAsync(_host.CreateClient("192.0.2.38"), user, cancellationToken: Token);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, elsewhere.StatusCode);
    }

    [Fact]
    [Trait("ASVS", "6.1.1")]
    public async Task A_stranger_behind_the_same_address_does_not_lock_people_out_of_a_browser_they_signed_in_with_before()
    {
        var user = await _host.CreateUserAsync();
        using var own = _host.CreateClient("192.0.2.40");
        await PortalHost.SignInAsync(own, user, cancellationToken: Token);
        await PortalHost.PostFormAsync(own, "/account/sessions", "/logout", [], Token);
        using var stranger = _host.CreateClient("192.0.2.40");
        for (var i = 0; i < 50; i++)
        {
            await FailAsync(stranger, $"behind{i}", 1);
        }

        using var crowd = await PortalHost.SignInAsync(stranger, user, cancellationToken: Token);
        await FailAsync(own, user.Email, 4);
        using var atHome = await PortalHost.SignInAsync(own, user, cancellationToken: Token);

        Assert.Equal(HttpStatusCode.TooManyRequests, crowd.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, atHome.StatusCode);
    }

    [Fact]
    public async Task Failures_in_a_known_browser_use_up_nothing_of_what_its_neighbours_have()
    {
        var user = await _host.CreateUserAsync();
        var neighbour = await _host.CreateUserAsync();
        using var own = _host.CreateClient("192.0.2.41");
        await PortalHost.SignInAsync(own, user, cancellationToken: Token);
        await PortalHost.PostFormAsync(own, "/account/sessions", "/logout", [], Token);
        using var crowd = _host.CreateClient("192.0.2.41");
        for (var i = 0; i < 49; i++)
        {
            await FailAsync(crowd, $"beside{i}", 1);
        }

        await FailAsync(own, user.Email, 5);
        using var accepted = await PortalHost.SignInAsync(crowd, neighbour, cancellationToken: Token);

        Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
    }

    [Fact]
    [Trait("ASVS", "6.3.1")]
    public async Task Of_two_hundred_guesses_at_once_five_are_looked_at()
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient("192.0.2.39");
        var form = (await PortalHost.OpenFormAsync(browser, "/login", "sign-in", Token)).With("Input.Login", user.Email).With("Input.Password", Wrong);
        var statuses = new ConcurrentBag<HttpStatusCode>();

        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 50, CancellationToken = Token }, async (_, token) =>
        {
            using var answer = await browser.PostAsync("/login", form.ToContent(), token);
            statuses.Add(answer.StatusCode);
        });

        Assert.Equal(5, statuses.Count(status => status is HttpStatusCode.OK));
        Assert.Equal(195, statuses.Count(status => status is HttpStatusCode.TooManyRequests));
    }

    private static async Task FailAsync(HttpClient browser, string login, int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var answer = await PortalHost.SignInAsync(browser, login, Wrong, cancellationToken: Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }
}
