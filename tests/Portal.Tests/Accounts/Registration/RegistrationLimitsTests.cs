using System.Net;
using Portal.Accounts.Administration;
using Portal.Testing;

namespace Portal.Tests.Accounts.Registration;

public sealed class RegistrationLimitsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Switched_off_the_page_is_not_there_and_its_form_makes_nothing()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Accounts:Registration"] = "false");
        using var browser = host.CreateClient();

        using var page = await browser.GetAsync("/register", Token);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("Registration is disabled.", await page.Content.ReadAsStringAsync(Token));
        Assert.DoesNotContain("/register", await browser.GetStringAsync("/login", Token));

        // Somebody kept the form, and takes a token from another one.
        var form = (await PortalHost.OpenFormAsync(browser, "/login", "sign-in", Token))
            .With("_handler", "register").With("Input.Email", "late@example.org").With("Input.Password", PortalHost.DefaultPassword).With("Input.ConfirmPassword", PortalHost.DefaultPassword);
        using var posted = await browser.PostAsync("/register", form.ToContent(), Token);

        Assert.True(posted.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{posted.StatusCode}");
        Assert.Null(await host.Get<IUserAdmin>().FindAsync("late@example.org", Token));
    }

    [Fact]
    public async Task Registering_one_address_again_and_again_is_throttled_and_kept_in_the_form()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["RateLimits:Registration"] = "2 per hour");
        using var browser = host.CreateClient();
        for (var i = 0; i < 2; i++)
        {
            using var accepted = await browser.RegisterAsync("often@example.org");
            Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        }

        host.Clock.Advance(TimeSpan.FromMinutes(20));
        using var refused = await browser.RegisterAsync("often@example.org");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(40), refused.Headers.RetryAfter?.Delta);
        var page = await refused.PageAsync();
        Assert.Contains("Too many registrations right now. Try again in 40 minutes.", page.Alert());
        Assert.Equal("often@example.org", page.ValueOf("Input.Email"));

        host.Clock.Advance(TimeSpan.FromMinutes(40));
        using var again = await browser.RegisterAsync("often@example.org");
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
    }

    [Fact]
    [Trait("ASVS", "2.4.1")]
    public async Task One_network_address_registers_ten_times_as_many_and_then_waits_alone()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["RateLimits:Registration"] = "1 per hour");
        using var crowd = host.CreateClient("198.51.100.1");
        for (var i = 0; i < 10; i++)
        {
            using var accepted = await crowd.RegisterAsync($"one-of-many-{i}@example.org");
            Assert.Equal(HttpStatusCode.Redirect, accepted.StatusCode);
        }

        using var refused = await crowd.RegisterAsync("one-too-many@example.org");
        using var elsewhere = await host.CreateClient("198.51.100.2").RegisterAsync("elsewhere@example.org");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, elsewhere.StatusCode);
        Assert.Null(await host.Get<IUserAdmin>().FindAsync("one-too-many@example.org", Token));
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task That_a_username_is_taken_is_told_so_often_only_as_people_may_register()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["RateLimits:Registration"] = "1 per hour");
        var user = await host.CreateUserAsync();
        using var prober = host.CreateClient("198.51.100.3");
        for (var i = 0; i < 10; i++)
        {
            using var told = await prober.RegisterAsync($"prober-{i}@example.org", user.UserName);
            Assert.Contains("This username is taken.", await told.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        using var refused = await prober.RegisterAsync("prober@example.org", user.UserName);
        using var elsewhere = await host.CreateClient("198.51.100.4").RegisterAsync("somebody@example.org", user.UserName);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.DoesNotContain("taken", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, elsewhere.StatusCode);
    }

    [Theory]
    [InlineData("spam.example")]
    [InlineData("mail.eu.spam.example")]
    [InlineData("SPAM.example")]
    public async Task A_blocked_domain_is_refused_with_all_its_subdomains(string domain)
    {
        await using var host = await PortalHost.StartAsync();
        Assert.IsType<AdminOutcome.Done>(await host.Get<IDomainAdmin>().SetAsync("Spam.Example", "blocked", Operator.CommandLine, Token));

        using var answer = await host.CreateClient().RegisterAsync($"somebody@{domain}");

        Assert.Contains("Addresses of this email domain are not accepted here.", (await answer.PageAsync()).Alert());
        Assert.Null(await host.Get<IUserAdmin>().FindAsync($"somebody@{domain}", Token));
    }
}
