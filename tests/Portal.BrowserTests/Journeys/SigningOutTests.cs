using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class SigningOutTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    public async Task Signing_out_everywhere_else_asks_first_ends_all_others_and_keeps_this_page()
    {
        var user = await Host.CreateUserAsync();
        var firefox = await OpenSessionsAsync(user, Device.Firefox);
        var phone = await OpenSessionsAsync(user, Device.Phone);
        var chrome = await OpenSessionsAsync(user, Device.Chrome);
        await Expect(chrome.Rows).ToHaveCountAsync(3);
        var dialog = chrome.Tab.GetByRole(AriaRole.Dialog);

        await chrome.EverywhereElse.PressAsync("Enter");
        await Expect(dialog).ToContainTextAsync("2 other sessions end now");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await chrome.Tab.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(chrome.EverywhereElse).ToBeFocusedAsync();
        await Expect(chrome.Rows).ToHaveCountAsync(3);

        await chrome.Tab.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await chrome.Tab.Keyboard.PressAsync("Tab");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" })).ToBeFocusedAsync();
        await chrome.Tab.Keyboard.PressAsync("Enter");

        foreach (var other in (SessionsPage[])[firefox, phone])
        {
            await other.LeftBecauseAsync("everywhere", "You signed out everywhere else, so this session ended too.");
        }

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(chrome.Rows).ToHaveCountAsync(1);
        await chrome.IsLiveAsync();
        await Expect(chrome.Tab.GetByText("Only this browser is signed in.")).ToBeVisibleAsync();
        await Expect(chrome.EverywhereElse).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Focus_stays_inside_the_question_while_it_is_open()
    {
        var user = await Host.CreateUserAsync();
        await SignedInProfileAsync(user, Device.Firefox);
        var chrome = await OpenSessionsAsync(user, Device.Chrome);
        await chrome.EverywhereElse.ClickAsync();
        var dialog = chrome.Tab.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();

        for (var stop = 0; stop < 6; stop++)
        {
            await chrome.Tab.Keyboard.PressAsync("Tab");
            Assert.True(await dialog.EvaluateAsync<bool>("dialog => dialog.contains(document.activeElement) || dialog.parentElement.contains(document.activeElement)"));
        }
    }

    [Fact]
    [Trait("ASVS", "7.4.4")]
    public async Task Signing_out_in_the_bar_leaves_with_the_other_tab_and_going_back_shows_nothing()
    {
        var user = await Host.CreateUserAsync();
        var firefox = await OpenSessionsAsync(user, Device.Firefox);
        var chrome = await OpenSessionsAsync(user, Device.Chrome);
        var otherTab = await SessionsPage.OpenAsync(chrome.Tab.Context);
        await Expect(chrome.Rows).ToHaveCountAsync(2);

        await chrome.Tab.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await chrome.LeftBecauseAsync("you", "You signed out of this browser.");
        await otherTab.LeftBecauseAsync("you", "You signed out of this browser.");
        await firefox.DoesNotShowAsync(Device.Chrome.Words);
        await Expect(firefox.Ended).ToContainTextAsync("Signed out");

        await chrome.Tab.GoBackAsync();
        await ShowsNothingPrivateAsync(chrome.Tab, user.Email, Device.Firefox.Words);
    }

    [Fact]
    [Trait("ASVS", "14.3.2")]
    public async Task A_private_page_that_the_browser_kept_asks_again_before_it_is_shown()
    {
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user);
        var line = await LineOfAsync(profile);
        var chrome = await SessionsPage.OpenAsync(profile);
        // Kept in the browser's cache a page has no line.
        TolerateLostLines();
        await line.CutAsync();
        var current = Assert.Single(await Host.SessionsOfAsync(user, Cancel));
        Assert.True(await chrome.Tab.EvaluateAsync<bool>(PortalHost.IsSignedInScript));
        await Host.EndSessionAsync(current.Id, Cancel);
        Assert.False(await chrome.Tab.EvaluateAsync<bool>(PortalHost.IsSignedInScript));

        await chrome.Tab.EvaluateAsync("() => { dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); }");

        await ShowsNothingPrivateAsync(chrome.Tab, user.Email);
    }

    private static async Task ShowsNothingPrivateAsync(IPage tab, params string[] secrets)
    {
        await Expect(tab).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/(login|signed-out)"));
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, await tab.ContentAsync(), StringComparison.Ordinal);
        }
    }
}
