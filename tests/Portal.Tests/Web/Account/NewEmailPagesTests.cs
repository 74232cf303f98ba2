using System.Net;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Mail;
using Portal.Accounts.Profiles;
using Portal.Testing;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Web.Account;

/// <summary>The two pages that the links of a change of address lead to.</summary>
public sealed class NewEmailPagesTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private static int asked;

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_link_shows_a_button_and_only_that_changes_the_address()
    {
        var wish = await WishAsync();
        using var filter = _host.CreateClient();
        for (var i = 0; i < 3; i++)
        {
            using var opened = await filter.GetAsync(wish.Confirm, Token);
            Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
            Assert.Contains($"The new address is {wish.NewEmail}.", (await opened.PageAsync()).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }

        Assert.Equal(wish.User.Email, (await _host.FindAsync(wish.User.Id))!.Email);
        using var answer = await PostAsync(filter, wish.Confirm, "confirm-new-email");
        var page = await answer.PageAsync();
        Assert.Contains($"The account's address is {wish.NewEmail} now.", page.Alert());
        Assert.Equal("/login", page.QuerySelector("main a.button")!.GetAttribute("href"));
        Assert.False(await filter.IsSignedInAsync());
    }

    [Fact]
    public async Task Who_is_signed_in_goes_on_to_their_account()
    {
        var wish = await WishAsync();
        using var browser = await _host.BeginSessionAsync(wish.User);

        using var answer = await PostAsync(browser, wish.Confirm, "confirm-new-email");

        Assert.Equal("/account", (await answer.PageAsync()).QuerySelector("main a.button")!.GetAttribute("href"));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Each_way_a_link_can_be_of_no_use_is_told()
    {
        await using var host = await OwnAccountHost.StartAsync();
        var used = await WishAsync(host);
        await PostAsync(host.CreateClient(), used.Confirm, "confirm-new-email");
        var taken = await WishAsync(host);
        await host.CreateUserAsync(taken.NewEmail);
        using var refused = await PostAsync(host.CreateClient(), taken.Confirm, "confirm-new-email");
        host.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Contains("Another account has this address by now.", (await refused.PageAsync()).Alert());
        Assert.Contains("This link is of no use any more.", await AlertAsync(host, used.Confirm));
        Assert.Contains("This link is of no use any more.", await AlertAsync(host, used.Stop));
        Assert.Contains("This link has expired.", await AlertAsync(host, taken.Confirm));
        Assert.Contains("There is nothing left to stop.", await AlertAsync(host, taken.Stop));
    }

    [Theory]
    [InlineData("/confirm-new-email")]
    [InlineData("/confirm-new-email?user=1&token=short")]
    [InlineData("/confirm-new-email?user=99999999999999999999&token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/stop-email-change")]
    [InlineData("/stop-email-change?user=-1&token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_made_up_link_does_not_work(string link) => Assert.Contains("This link does not work.", await AlertAsync(_host, link));

    [Fact]
    public async Task The_present_address_stops_the_change_by_a_button_and_is_advised_to_change_the_password()
    {
        var wish = await WishAsync();
        using var browser = _host.CreateClient();
        using (var opened = await browser.GetAsync(wish.Stop, Token))
        {
            Assert.Equal(wish.NewEmail, (await _host.FindAsync(wish.User.Id))!.NewEmail);
        }

        using var answer = await PostAsync(browser, wish.Stop, "stop-email-change");

        var page = await answer.PageAsync();
        Assert.Contains("The change is stopped.", page.Alert());
        Assert.Equal(["/account/password", "/forgot-password"], page.QuerySelectorAll("main a.button").Select(link => link.GetAttribute("href")));
        Assert.Null((await _host.FindAsync(wish.User.Id))!.NewEmail);
        Assert.Contains("This link is of no use any more.", await AlertAsync(_host, wish.Confirm));
    }

    [Fact]
    public async Task Of_many_presses_at_once_one_changes_the_address()
    {
        var wish = await WishAsync();
        using var browser = _host.CreateClient();
        var form = await PortalHost.OpenFormAsync(browser, wish.Confirm, "confirm-new-email", Token);

        var alerts = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var answer = await browser.PostAsync(wish.Confirm, form.ToContent(), Token);
            return (await answer.PageAsync()).Alert();
        }));

        Assert.Single(alerts, alert => alert.Contains("Your address is changed.", StringComparison.Ordinal));
        Assert.Equal(5, alerts.Count(alert => alert.Contains("of no use any more", StringComparison.Ordinal)));
        Assert.Equal(1, await _host.QueryAsync(context => context.AuditEvents.CountAsync(row => row.SubjectId == wish.User.Id && row.Kind == "email-changed", Token)));
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string link, string form) =>
        await PortalHost.PostFormAsync(browser, link, form, [], Token);

    private static async Task<string> AlertAsync(PortalHost host, string link)
    {
        using var answer = await host.CreateClient().GetAsync(link, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.PageAsync()).Alert();
    }

    private async Task<Wish> WishAsync(PortalHost? host = null)
    {
        host ??= _host;
        var (user, person) = await host.NewPersonAsync();
        var newEmail = $"page-wish{Interlocked.Increment(ref asked)}@example.org";
        await host.Get<IEmailChangeService>().RequestAsync(person, newEmail, Token);
        return new Wish(
            user,
            newEmail,
            new Uri((await host.PromisedAsync<AccountMail.ConfirmNewEmail>(newEmail)).Url).PathAndQuery,
            new Uri((await host.PromisedAsync<AccountMail.EmailChangeAsked>(user.Email)).StopUrl).PathAndQuery);
    }

    private sealed record Wish(TestUser User, string NewEmail, string Confirm, string Stop);
}
