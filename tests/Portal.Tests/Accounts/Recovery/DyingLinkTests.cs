using System.Net;
using AngleSharp.Html.Dom;
using Portal.Accounts.Mail;
using Portal.Testing;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Accounts.Recovery;

/// <summary>A link for a new password that stops working while its page is open.</summary>
public sealed class DyingLinkTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private const string New = "seven herons sleep by lamplight";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_expires_says_so_and_offers_a_new_one_that_works()
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient();
        var link = await AskAsync(browser, user);
        var form = await OpenAsync(browser, link);
        _host.Clock.Advance(Lifetime);

        using var late = await browser.PostAsync(link, form.ToContent(), Token);
        var shown = await late.Content.ReadAsStringAsync(Token);
        Assert.Contains("This link has expired", shown, StringComparison.Ordinal);
        var sent = await SendAsync(browser, link, PortalHost.FormOf(shown, "reset-again"));
        Assert.Contains("A new mail is on its way", sent.Alert());

        var newer = await LinkAsync(user);
        using var answer = await browser.PostAsync(newer, (await OpenAsync(browser, newer)).ToContent(), Token);
        Assert.StartsWith("/reset-password", answer.LeadsTo(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_used_says_so_and_changes_nothing()
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient();
        var link = await AskAsync(browser, user);
        var (first, second) = (await OpenAsync(browser, link), await OpenAsync(browser, link));
        using var used = await browser.PostAsync(link, first.ToContent(), Token);

        var page = await SendAsync(browser, link, second.With("Input.Password", New + " again").With("Input.ConfirmPassword", New + " again"));

        Assert.Contains("used already", page.Alert());
        using var signedIn = await PortalHost.SignInAsync(_host.CreateClient(), user, password: New, cancellationToken: Token);
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
    }

    [Fact]
    public async Task Asked_twice_for_a_new_mail_an_expired_one_sends_one_and_says_so()
    {
        var user = await _host.CreateUserAsync();
        using var browser = _host.CreateClient();
        var link = await AskAsync(browser, user);
        _host.Clock.Advance(Lifetime);
        var form = await PortalHost.OpenFormAsync(browser, link, "reset-again", Token);

        var (first, second) = (await SendAsync(browser, link, form), await SendAsync(browser, link, form));

        Assert.Contains("A new mail is on its way", first.Alert());
        Assert.Contains("a newer one replaced it", second.Alert());
        Assert.Equal(2, (await _host.PromisedAsync(user.Email)).OfType<AccountMail.ResetPassword>().Count());
    }

    private static async Task<StaticForm> OpenAsync(HttpClient browser, string link) =>
        (await PortalHost.OpenFormAsync(browser, link, "reset-password", Token)).With("Input.Password", New).With("Input.ConfirmPassword", New);

    private static async Task<IHtmlDocument> SendAsync(HttpClient browser, string link, StaticForm form)
    {
        using var answer = await browser.PostAsync(link, form.ToContent(), Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.PageAsync();
    }

    private async Task<string> AskAsync(HttpClient browser, TestUser user)
    {
        using var asked = await PortalHost.PostFormAsync(browser, "/forgot-password", "forgot-password", [new("Input.Email", user.Email)], Token);
        return await LinkAsync(user);
    }

    private async Task<string> LinkAsync(TestUser user) => new Uri((await _host.PromisedAsync<AccountMail.ResetPassword>(user.Email)).Url).PathAndQuery;
}
