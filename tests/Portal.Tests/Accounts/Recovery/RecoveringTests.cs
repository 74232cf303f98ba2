using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Testing;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Accounts.Recovery;

public sealed partial class RecoveringTests : IAsyncLifetime
{
    private const string New = "seven herons sleep by lamplight";

    private PortalHost _host = null!;
    private TestUser _ana = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _ana = await _host.CreateUserAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    [Trait("ASVS", "6.3.6")]
    public async Task By_page_and_mail_a_new_password_is_chosen_every_session_ends_and_nobody_is_signed_in()
    {
        using var laptop = await _host.BeginSessionAsync(_ana);
        using var phone = await _host.BeginSessionAsync(_ana);
        using var bystander = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        using var browser = _host.CreateClient();

        var link = await LinkAsync(browser);
        using var answer = await ChooseAsync(browser, link, New);

        var page = await answer.PageAsync();
        Assert.Contains("Your new password is set. 2 devices were signed out.", page.Alert());
        Assert.False(await browser.IsSignedInAsync());
        Assert.False(await laptop.IsSignedInAsync());
        Assert.False(await phone.IsSignedInAsync());
        Assert.True(await bystander.IsSignedInAsync());
        using var former = await PortalHost.SignInAsync(_host.CreateClient(), _ana, cancellationToken: Token);
        using var now = await PortalHost.SignInAsync(_host.CreateClient(), _ana, password: New, cancellationToken: Token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Found), (former.StatusCode, now.StatusCode));
        // From where it was asked for and done, so that somebody else's doing is known by it.
        foreach (var subject in new[] { "Choose a new password", "was changed" })
        {
            Assert.Contains("Device: Firefox on Linux", (await _host.Mails.WaitForAsync(_ana.Email, subject, Token)).TextBody);
        }
    }

    [Fact]
    public async Task In_a_browser_that_was_signed_in_the_answer_looks_signed_out_and_leaves_nothing_behind()
    {
        using var browser = await _host.BeginSessionAsync(_ana);

        using var answer = await ChooseAsync(browser, await LinkAsync(browser), New);

        var page = await answer.PageAsync();
        Assert.Contains("Your new password is set. One device was signed out.", page.Alert());
        Assert.Null(page.QuerySelector($"form[action='{PortalUrls.SignOutPath}']"));
        Assert.DoesNotContain(_ana.UserName!, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("\"cache\"", string.Join(',', answer.Headers.GetValues("Clear-Site-Data")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_link_that_was_used_can_say_that_it_was()
    {
        using var browser = _host.CreateClient();
        var link = await LinkAsync(browser);

        using var unused = await browser.GetAsync($"{link}&ended=3", Token);
        using var madeUp = await browser.GetAsync("/reset-password?user=1&token=cut&ended=3", Token);

        Assert.Contains("Save password", await unused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Contains("This link does not work.", (await madeUp.PageAsync()).Alert());
    }

    [Fact]
    public async Task A_link_works_once()
    {
        using var browser = _host.CreateClient();
        var link = await LinkAsync(browser);
        using var first = await ChooseAsync(browser, link, New);

        using var again = await browser.GetAsync(link, Token);

        Assert.Contains("used already", (await again.PageAsync()).Alert());
    }

    [Fact]
    public async Task Of_two_uses_at_once_one_succeeds()
    {
        using var browser = _host.CreateClient();
        var (user, token) = Parts(await LinkAsync(browser));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => _host.CreateClient()
            .PostAsJsonAsync("/api/reset-password", new { user, token, password = $"{New} {number}" }, Token)));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_link_dies_with_the_password_it_was_to_replace()
    {
        using var browser = _host.CreateClient();
        var (user, token) = Parts(await LinkAsync(browser));
        using var laptop = await _host.BeginSessionAsync(_ana);
        await ApiHost.SendTokenAsync(laptop);
        using var changed = await laptop.PostAsJsonAsync("/api/change-password", new { password = _ana.Password, new_password = New }, Token);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);

        using var answer = await browser.PostAsJsonAsync("/api/reset-password", new { user, token, password = "an intruder's own choice of words" }, Token);

        Assert.Equal(["token"], await answer.ReadFieldsAsync());
        using var signedIn = await PortalHost.SignInAsync(_host.CreateClient(), _ana, password: New, cancellationToken: Token);
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
    }

    [Fact]
    public async Task A_newer_link_replaces_the_former()
    {
        using var browser = _host.CreateClient();
        var former = await LinkAsync(browser);
        await LinkAsync(browser, former);

        using var page = await browser.GetAsync(former, Token);

        Assert.Contains("a newer one replaced it", (await page.PageAsync()).Alert());
    }

    [Fact]
    public async Task An_expired_link_really_sends_a_new_one_when_asked_and_that_works()
    {
        using var browser = _host.CreateClient();
        var expired = await LinkAsync(browser);
        _host.Clock.Advance(TimeSpan.FromMinutes(30));

        var opened = await browser.GetStringAsync(expired, Token);
        Assert.Contains("This link has expired", opened, StringComparison.Ordinal);
        var form = PortalHost.FormOf(opened, "reset-again");
        using var sent = await browser.PostAsync(expired, form.ToContent(), Token);
        Assert.Contains("A new mail is on its way", (await sent.PageAsync()).Alert());

        using var answer = await ChooseAsync(browser, await NewestLinkAsync(expired), New);
        Assert.Contains("Your new password is set", (await answer.PageAsync()).Alert());
    }

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    public async Task A_refused_password_leaves_the_link_as_it_was(string refused)
    {
        using var browser = _host.CreateClient();
        var link = await LinkAsync(browser);

        using var no = await ChooseAsync(browser, link, refused);
        Assert.NotEmpty((await no.PageAsync()).Alert());
        using var yes = await ChooseAsync(browser, link, New);

        Assert.Contains("Your new password is set", (await yes.PageAsync()).Alert());
    }

    [Theory]
    [InlineData("?user=1&token=cut")]
    [InlineData("?user=x&token=x")]
    [InlineData("")]
    [InlineData("?user=99999999999999999999&token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_mangled_link_is_told_so(string query)
    {
        using var page = await _host.CreateClient().GetAsync("/reset-password" + query, Token);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Contains("This link does not work", (await page.PageAsync()).Alert());
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task The_answer_is_the_same_for_known_unknown_and_deactivated_addresses_and_so_is_the_work()
    {
        var gone = await _host.CreateUserAsync(isActive: false);
        List<(HttpStatusCode, string, int, int)> answers = [];
        foreach (var email in new[] { _ana.Email, "nobody@example.org", gone.Email })
        {
            using var browser = _host.CreateClient();
            var before = await RowsAsync();
            using var page = await PortalHost.PostFormAsync(browser, "/forgot-password", "forgot-password", [new("Input.Email", email)], Token);
            var after = await RowsAsync();
            answers.Add((page.StatusCode, await page.ComparableAsync(), after.Links - before.Links, after.Mails - before.Mails));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal((1, 1), (answers[0].Item3, answers[0].Item4));
        Assert.Equal(1, await _host.QueryAsync(context => context.OutboxMails.CountAsync(mail => mail.Kind == "ResetPassword", Token)));
    }

    [Fact]
    [Trait("ASVS", "6.3.1")]
    [Trait("ASVS", "6.6.3")]
    public async Task Links_are_asked_for_three_times_an_hour_known_or_not()
    {
        foreach (var email in new[] { _ana.Email, "nobody@example.org" })
        {
            for (var i = 0; i < 3; i++)
            {
                using var asked = await _host.CreateClient().PostAsJsonAsync("/api/forgot-password", new { email }, Token);
                Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
            }

            using var refused = await _host.CreateClient().PostAsJsonAsync("/api/forgot-password", new { email }, Token);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }
    }

    [Fact]
    public async Task Whoever_has_the_mailbox_takes_an_unconfirmed_account_over_from_who_registered_it()
    {
        var unconfirmed = await _host.CreateUserAsync(isConfirmed: false);
        using var browser = _host.CreateClient();
        await AskAsync(browser, unconfirmed.Email);
        var link = CaughtLink(await _host.Mails.WaitForAsync(unconfirmed.Email, "password", Token));

        using var chosen = await ChooseAsync(browser, link, New);

        using var registrant = await PortalHost.SignInAsync(_host.CreateClient(), unconfirmed, cancellationToken: Token);
        using var owner = await PortalHost.SignInAsync(_host.CreateClient(), unconfirmed, password: New, cancellationToken: Token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Found), (registrant.StatusCode, owner.StatusCode));
        Assert.Contains("Device: Firefox on Linux", (await _host.Mails.WaitForAsync(unconfirmed.Email, "is ready", Token)).TextBody);
    }

    [Fact]
    public async Task Switched_off_its_pages_are_not_there_and_its_endpoints_say_so()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Accounts:Recovery"] = "false");
        using var browser = host.CreateClient();

        foreach (var path in new[] { "/forgot-password", "/reset-password?user=1&token=x" })
        {
            using var page = await browser.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
            Assert.Contains("is disabled.", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        using var asked = await browser.PostAsJsonAsync("/api/forgot-password", new { email = "a@example.org" }, Token);
        Assert.Equal("Password recovery is disabled.", await asked.ReadProblemAsync(HttpStatusCode.BadRequest));
        Assert.DoesNotContain("/forgot-password", await browser.GetStringAsync("/login", Token), StringComparison.Ordinal);
    }

    /// <summary>Sends the form and goes where the answer leads, as a browser does.</summary>
    private static async Task<HttpResponseMessage> ChooseAsync(HttpClient browser, string link, string password)
    {
        var answer = await PortalHost.PostFormAsync(
            browser, link, "reset-password", [new("Input.Password", password), new("Input.ConfirmPassword", password)], Token);
        return answer.LeadsTo() is { } next ? await browser.GetAsync(next, Token) : answer;
    }

    private static async Task AskAsync(HttpClient browser, string email)
    {
        using var asked = await PortalHost.PostFormAsync(browser, "/forgot-password", "forgot-password", [new("Input.Email", email)], Token);
        Assert.Contains("If there is such an account, a mail is on its way.", (await asked.PageAsync()).Alert());
    }

    private static (long User, string Token) Parts(string link)
    {
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri("http://localhost" + link).Query);
        return (long.Parse(query["user"]!, System.Globalization.CultureInfo.InvariantCulture), query["token"]!);
    }

    private static string CaughtLink(MimeKit.MimeMessage mail) => CaughtMails.LinkOf(mail).PathAndQuery;

    private async Task<string> LinkAsync(HttpClient browser, string? otherThan = null)
    {
        await AskAsync(browser, _ana.Email);
        return await NewestLinkAsync(otherThan);
    }

    private async Task<string> NewestLinkAsync(string? otherThan)
    {
        // Mails are files and appear in real time; the newest is there once its link is another than the former.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            var link = CaughtLink(await _host.Mails.WaitForAsync(_ana.Email, "password", Token));
            if (link != otherThan)
            {
                return link;
            }

            await timer.WaitForNextTickAsync(Token);
        }
    }

    private Task<(int Links, int Mails)> RowsAsync() => _host.QueryAsync(async context =>
        (await context.OneTimeTokens.CountAsync(Token), await context.OutboxMails.CountAsync(Token)));
}
