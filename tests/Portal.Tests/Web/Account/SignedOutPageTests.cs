using System.Net;
using Portal.Testing;

namespace Portal.Tests.Web.Account;

public sealed class SignedOutPageTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("you", "You signed out of this browser.")]
    [InlineData("revoked", "This session was ended from another of your devices.")]
    [InlineData("everywhere", "You signed out everywhere else")]
    [InlineData("administrator", "An administrator ended this session.")]
    [InlineData("deactivated", "This account was deactivated.")]
    [InlineData("deleted", "This account was deleted.")]
    [InlineData("blocked", "This account was blocked.")]
    [InlineData("password-changed", "The password was changed")]
    [InlineData("idle", "it was not used for a while")]
    [InlineData("expired", "reached its longest allowed time")]
    [InlineData("replaced", "A newer sign-in took the place")]
    [InlineData("", "You are not signed in.")]
    [InlineData("<script>alert(1)</script>", "You are not signed in.")]
    public async Task Each_reason_is_told_in_words(string reason, string words)
    {
        using var answer = await _host.CreateClient().GetAsync($"/signed-out?reason={Uri.EscapeDataString(reason)}", Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Contains(words, page.Alert());
        Assert.DoesNotContain(page.Scripts, script => script.TextContent.Contains("alert", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_browser_in_which_an_account_was_deleted_is_told_so_and_nobody_else()
    {
        using var member = await _host.BeginSessionAsync(await _host.CreateUserAsync());

        using var deleted = await _host.CreateClient().GetAsync(PortalUrls.AccountDeleted(), Token);
        using var otherReason = await _host.CreateClient().GetAsync("/signed-out?reason=revoked&by=you", Token);
        using var signedIn = await member.GetAsync(PortalUrls.AccountDeleted(), Token);

        Assert.Contains("You deleted your account.", (await deleted.PageAsync()).Alert());
        Assert.DoesNotContain("deleted", (await otherReason.PageAsync()).Alert(), StringComparison.Ordinal);
        Assert.DoesNotContain("You deleted", (await signedIn.PageAsync()).Alert(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_start_page_sends_on_by_whether_one_is_signed_in()
    {
        using var member = await _host.BeginSessionAsync(await _host.CreateUserAsync());

        using var stranger = await _host.CreateClient().GetAsync("/", Token);
        using var known = await member.GetAsync("/", Token);

        Assert.Equal(("/login", "/account"), (stranger.LeadsTo(), known.LeadsTo()));
    }

    [Fact]
    public async Task A_session_the_portal_does_not_know_any_more_asks_to_sign_in_and_comes_back()
    {
        await using var host = await PortalHost.StartAsync();
        using var browser = await host.BeginSessionAsync(await host.CreateUserAsync());
        await host.EndSessionAsync(await host.IdAsync(browser), Token);
        host.Clock.Advance(TimeSpan.FromDays(29));
        await host.Get<Portal.Accounts.Sessions.SessionSweeper>().SweepAsync(Token);

        using var answer = await browser.GetAsync("/account/sessions", Token);

        Assert.Equal("/login?returnUrl=%2Faccount%2Fsessions", answer.LeadsTo());
    }
}
