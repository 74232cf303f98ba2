using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class PasswordTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const string New = "seven herons sleep by lamplight";

    [Fact]
    [Trait("ASVS", "6.2.2")]
    public async Task Changing_it_sends_the_other_browser_away_and_leaves_this_page_open_under_a_new_key()
    {
        var user = await Host.CreateUserAsync();
        var firefox = await OpenSessionsAsync(user, Device.Firefox);
        var chrome = await PasswordPage.OpenAsync(await SignedInProfileAsync(user, Device.Chrome));
        var second = await SessionsPage.OpenAsync(chrome.Tab.Context);

        await chrome.ChangeAsync(user.Password, New);

        await firefox.LeftBecauseAsync("password-changed", "The password was changed, so this session ended.");
        await Expect(chrome.Tab.GetByRole(AriaRole.Status).Filter(new() { HasText = "One other device was signed out." })).ToBeVisibleAsync();
        await Expect(chrome.Current).ToHaveValueAsync("");
        await Expect(second.Rows).ToHaveCountAsync(1);
        await chrome.Tab.ReloadAsync();
        await Expect(chrome.Current).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_typed_while_the_connection_is_away_is_sent_when_it_is_back()
    {
        TolerateLostLines();
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user);
        var line = await LineOfAsync(profile);
        var page = await PasswordPage.OpenAsync(profile);

        await line.CutAsync();
        await Expect(page.Tab.GetByText("Connection lost.")).ToBeVisibleAsync();
        await page.Current.FillAsync(user.Password);
        await page.New.FillAsync(New);
        await page.Confirm.FillAsync(New);
        line.Restore();
        await Expect(page.Tab.GetByText("Connection lost.")).ToBeHiddenAsync();
        await page.Change.ClickAsync();

        await Expect(page.Tab.GetByText("Your password is changed.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_press_counts_whatever_comes_and_goes_above_the_button_meanwhile()
    {
        var user = await Host.CreateUserAsync();
        var page = await PasswordPage.OpenAsync(await SignedInProfileAsync(user));
        await page.Current.FillAsync(user.Password);
        await page.New.FillAsync(New);
        var there = (await page.Change.BoundingBoxAsync())!.Y;
        await Expect(page.Tab.GetByText("Long and strong.")).ToBeVisibleAsync();
        Assert.Equal(there, (await page.Change.BoundingBoxAsync())!.Y, tolerance: 1f);
        await page.Confirm.FillAsync("mistyped");
        await page.New.FocusAsync();
        await Expect(page.Confirm).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Tab.Alert()).ToHaveCountAsync(0);
        await page.Confirm.FillAsync(New);

        await page.Change.HoverAsync();
        await page.Tab.Mouse.DownAsync();
        // The field is left, and the error goes, when the press is over.
        await Expect(page.Confirm).ToBeFocusedAsync();
        await page.Tab.Mouse.UpAsync();

        await Expect(page.Tab.GetByText("Your password is changed.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task While_it_is_changed_the_button_says_so_and_a_second_press_changes_nothing_twice()
    {
        var user = await Host.CreateUserAsync();
        var page = await PasswordPage.OpenAsync(await SignedInProfileAsync(user));
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sent = 0;
        await page.Tab.RouteAsync("**/api/change-password", async route =>
        {
            Interlocked.Increment(ref sent);
            await over.Task;
            await route.ContinueAsync();
        });

        await page.ChangeAsync(user.Password, New);
        var busy = page.Tab.GetByRole(AriaRole.Button, new() { Name = "Changing…" });
        await Expect(busy).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(busy).ToBeFocusedAsync();
        // By every way there is to send it.
        await page.Tab.Keyboard.PressAsync("Enter");
        await busy.DispatchEventAsync("click");
        await page.Confirm.PressAsync("Enter");
        over.SetResult();

        await Expect(page.Tab.GetByText("Your password is changed.")).ToBeVisibleAsync();
        await Expect(page.Change).Not.ToHaveAttributeAsync("aria-disabled", "true");
        Assert.Equal(1, sent);
        await Expect(page.Tab.Alert()).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_wrong_present_password_is_told_at_its_field_and_nothing_typed_is_lost()
    {
        Tolerate("status of 400");
        var user = await Host.CreateUserAsync();
        var page = await PasswordPage.OpenAsync(await SignedInProfileAsync(user));

        await page.ChangeAsync("not the present one", New);

        await Expect(page.Tab.Alert()).ToContainTextAsync("This is not your password.");
        await Expect(page.Tab.Alert()).ToBeFocusedAsync();
        await Expect(page.Current).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.New).ToHaveValueAsync(New);
        await page.Current.FillAsync(user.Password);
        await page.Change.ClickAsync();
        await Expect(page.Tab.GetByRole(AriaRole.Status).Filter(new() { HasText = "Your password is changed." })).ToBeFocusedAsync();
        await Expect(page.Tab.Alert()).ToHaveCountAsync(0);
    }
}
