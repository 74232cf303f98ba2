using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Administration;
using Portal.Accounts.SignIn;
using Portal.Testing;

namespace Portal.Tests.Accounts.SignIn;

public sealed class SigningInTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Rejected = "This name and password do not match an account.";

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Address_and_username_both_sign_in_whatever_their_case()
    {
        var user = await _host.CreateUserAsync();

        foreach (var login in new[] { user.Email, user.Email.ToUpperInvariant(), user.UserName!, user.UserName!.ToUpperInvariant(), $"  {user.Email} " })
        {
            using var browser = _host.CreateClient();
            using var answer = await PortalHost.SignInAsync(browser, login, user.Password, cancellationToken: Token);

            Assert.Equal((HttpStatusCode.Redirect, "/account"), (answer.StatusCode, answer.LeadsTo()));
            Assert.True(await browser.IsSignedInAsync());
        }
    }

    [Fact]
    [Trait("ASVS", "6.2.8")]
    public async Task Only_the_exact_password_signs_in()
    {
        var user = await _host.CreateUserAsync();
        foreach (var wrong in new[] { user.Password + " ", " " + user.Password, user.Password.ToUpperInvariant(), user.Password[..^1] })
        {
            using var browser = _host.CreateClient("192.0.2.20");
            using var answer = await PortalHost.SignInAsync(browser, user, password: wrong, cancellationToken: Token);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains(Rejected, (await answer.PageAsync()).Alert());
            Assert.False(await browser.IsSignedInAsync());
        }
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task A_wrong_password_and_an_unknown_name_are_answered_alike_for_every_kind_of_account()
    {
        var active = await _host.CreateUserAsync();
        var unconfirmed = await _host.CreateUserAsync(isConfirmed: false);
        var inactive = await _host.CreateUserAsync(isActive: false);

        List<string> answers = [];
        foreach (var login in new[] { active.Email, unconfirmed.Email, inactive.Email, "nobody@example.org" })
        {
            using var answer = await PortalHost.SignInAsync(_host.CreateClient("192.0.2.21"), login, "not the password at all", cancellationToken: Token);
            answers.Add($"{answer.StatusCode} {answer.Headers} {(await answer.ComparableAsync()).Replace(login, "NAME", StringComparison.Ordinal)}");
        }

        Assert.Single(answers.Distinct());
        Assert.Contains(Rejected, answers[0]);
    }

    [Fact]
    public async Task What_keeps_an_account_from_signing_in_is_said_after_the_right_password_alone()
    {
        var unconfirmed = await _host.CreateUserAsync(isConfirmed: false);
        var inactive = await _host.CreateUserAsync(isActive: false);
        using var browser = _host.CreateClient("192.0.2.22");

        using var first = await PortalHost.SignInAsync(browser, unconfirmed, cancellationToken: Token);
        using var second = await PortalHost.SignInAsync(browser, inactive, cancellationToken: Token);

        var page = await first.PageAsync();
        Assert.Contains("Your address is not confirmed yet.", page.Alert());
        Assert.NotNull(page.QuerySelector("a[href='/resend-confirmation']"));
        Assert.Contains("This account is deactivated.", (await second.PageAsync()).Alert());
        Assert.False(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData("/account/sessions?tab=1", "/account/sessions?tab=1")]
    [InlineData("//evil.example", "/account")]
    [InlineData("/\\evil.example", "/account")]
    [InlineData("\\\\evil.example", "/account")]
    [InlineData("///evil.example", "/account")]
    [InlineData("https://evil.example/account", "/account")]
    [InlineData("/%2Fevil.example", "/account")]
    [InlineData("/%5Cevil.example", "/account")]
    [InlineData("/%252F%252Fevil.example", "/account")]
    [InlineData("/\t/evil.example", "/account")]
    [InlineData("javascript:alert(1)", "/account")]
    [InlineData("evil.example", "/account")]
    [InlineData("", "/account")]
    public async Task After_signing_in_people_stay_on_this_site(string returnUrl, string arrival)
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient();
        var path = $"/login?returnUrl={Uri.EscapeDataString(returnUrl)}";

        using var posted = await PortalHost.PostFormAsync(browser, path, "sign-in", [new("Input.Login", user.Email), new("Input.Password", user.Password)], Token);
        using var opened = await browser.GetAsync(path, Token);

        Assert.Equal(arrival, posted.LeadsTo());
        // Signed in, the page sends on without asking, by the same rule.
        Assert.Equal(arrival, opened.LeadsTo());
    }

    [Fact]
    public async Task A_page_that_needs_signing_in_sends_there_and_back()
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient();

        using var asked = await browser.GetAsync("/account/sessions?x=1", Token);
        var signIn = asked.LeadsTo()!;
        using var answer = await PortalHost.PostFormAsync(browser, signIn, "sign-in", [new("Input.Login", user.Email), new("Input.Password", user.Password)], Token);

        Assert.StartsWith("/login?returnUrl=", signIn, StringComparison.Ordinal);
        Assert.Equal("/account/sessions?x=1", answer.LeadsTo());
    }

    [Fact]
    public async Task The_log_says_whose_name_a_rejected_sign_in_gave_or_that_it_is_nobodys()
    {
        var log = new RecordedLog();
        await using var host = await PortalHost.StartAsync(options => options.ConfigureServices = services => services.AddSingleton<ILoggerProvider>(log));
        var user = await host.CreateUserAsync();

        (await PortalHost.SignInAsync(host.CreateClient(), user.Email, "wrong", cancellationToken: Token)).Dispose();
        (await PortalHost.SignInAsync(host.CreateClient(), "nobody@example.org", "wrong", cancellationToken: Token)).Dispose();

        var rejected = log.Lines.Where(line => line.Contains("A sign-in was rejected from", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(';', StringComparison.Ordinal) + 2)..].Trim());
        Assert.Equal([$"the name is user {user.Id}'s.", "the name is nobody's."], rejected);
    }

    [Fact]
    public async Task An_empty_form_is_refused_with_what_is_missing()
    {
        using var answer = await PortalHost.SignInAsync(_host.CreateClient(), "", "", cancellationToken: Token);

        var alert = (await answer.PageAsync()).Alert();
        Assert.Contains("Enter your email address or username.", alert);
        Assert.Contains("Enter your password.", alert);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(100_000)]
    public async Task Very_long_names_and_passwords_are_merely_wrong(int length)
    {
        using var answer = await PortalHost.SignInAsync(_host.CreateClient("192.0.2.23"), new string('a', length) + "@example.org", new string('b', length), cancellationToken: Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(Rejected, (await answer.PageAsync()).Alert());
    }

    [Fact]
    public async Task When_and_from_where_people_sign_in_is_remembered_for_this_time_and_the_one_before()
    {
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        var first = host.Clock.GetUtcNow();
        await PortalHost.SignInAsync(host.CreateClient("198.51.100.1"), user, cancellationToken: Token);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await PortalHost.SignInAsync(host.CreateClient("::ffff:198.51.100.2"), user, cancellationToken: Token);

        var login = await host.QueryAsync(context => context.LoginInformation.SingleAsync(row => row.UserId == user.Id, Token));

        Assert.Equal((first, "198.51.100.1"), (login.LastLoginAt, login.LastLoginIp));
        Assert.Equal((host.Clock.GetUtcNow(), "198.51.100.2"), (login.CurrentLoginAt, login.CurrentLoginIp));
        Assert.Equal(2, login.LoginCount);
        var found = (await host.Get<IUserAdmin>().FindAsync(user.Email, Token))!;
        Assert.Equal((first, host.Clock.GetUtcNow()), (found.PreviousSignInAt, found.SignedInAt));
    }

    [Fact]
    public async Task Switched_off_no_password_signs_in()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Accounts:LocalLogin"] = "false");
        var user = await host.CreateUserAsync();
        using var browser = host.CreateClient();

        var page = await browser.GetStringAsync("/login", Token);
        var form = PortalHost.FormOf(await browser.GetStringAsync("/register", Token), "register")
            .With("_handler", "sign-in").With("Input.Login", user.Email).With("Input.Password", user.Password);
        using var posted = await browser.PostAsync("/login", form.ToContent(), Token);

        Assert.Contains("Local login is disabled.", page);
        Assert.True(posted.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{posted.StatusCode}");
        Assert.False(await browser.IsSignedInAsync());
        Assert.IsType<SignInOutcome.Disabled>(await host.Get<ISignInService>().SignInAsync(new Microsoft.AspNetCore.Http.DefaultHttpContext(), user.Email, user.Password, false, cancellationToken: Token));
    }

    [Fact]
    public async Task Without_the_need_to_confirm_an_unconfirmed_address_signs_in()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Accounts:RequireConfirmedEmail"] = "false");
        var user = await host.CreateUserAsync(isConfirmed: false);
        using var browser = host.CreateClient();

        await PortalHost.SignInAsync(browser, user, cancellationToken: Token);

        Assert.True(await browser.IsSignedInAsync());
    }
}
