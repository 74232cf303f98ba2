using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class PictureTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    public async Task A_picture_comes_into_every_open_tab_and_goes_again()
    {
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user);
        var sessions = await SessionsPage.OpenAsync(profile);
        var page = await ProfilePage.OpenAsync(profile);
        await page.FullName.FillAsync("Ada");
        await Expect(page.Tab.Locator("form[data-unsaved]")).ToBeVisibleAsync();
        await Expect(sessions.Tab.Locator(".bar .avatar")).ToHaveTextAsync("P");

        await page.PictureFile.SetInputFilesAsync(await page.DrawnAsync("image/jpeg"));

        await Expect(page.Tab.GetByText("Your picture is saved.")).ToBeVisibleAsync();
        foreach (var picture in (ILocator[])[page.Tab.GetByRole(AriaRole.Main).Locator(".avatar img"), page.Tab.Locator(".bar .avatar img"), sessions.Tab.Locator(".bar .avatar img")])
        {
            await Expect(picture).ToHaveJSPropertyAsync("naturalWidth", 512);
        }

        // What was typed beside it is still there, and still unsaved.
        await Expect(page.FullName).ToHaveValueAsync("Ada");
        await Expect(page.Tab.Locator("form[data-unsaved]")).ToBeVisibleAsync();

        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Expect(sessions.Tab.Locator(".bar .avatar")).ToHaveTextAsync("P");
        await Expect(page.FullName).ToHaveValueAsync("Ada");
    }

    [Fact]
    public async Task What_is_no_picture_is_said_to_be_none_and_changes_nothing()
    {
        var page = await ProfilePage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync()));
        await page.PictureFile.SetInputFilesAsync(await page.DrawnAsync("image/png"));
        await Expect(page.Tab.GetByText("Your picture is saved.")).ToBeVisibleAsync();
        var source = await page.Tab.Locator(".bar .avatar img").GetAttributeAsync("src");

        foreach (var (content, words) in ((byte[], string)[])[("<svg onload=alert(1)>"u8.ToArray(), "no picture"), (new byte[(5 * 1024 * 1024) + 1], "larger than 5 MB")])
        {
            await page.PictureFile.SetInputFilesAsync(new FilePayload { Name = "me.png", MimeType = "image/png", Buffer = content });
            await Expect(page.Alert).ToContainTextAsync(words);
        }

        await Expect(page.Tab.Locator(".bar .avatar img")).ToHaveAttributeAsync("src", source!);
    }
}
