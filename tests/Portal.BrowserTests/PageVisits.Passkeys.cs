using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

// The page of passkeys.
public abstract partial class PageVisits
{
    private async Task<IPage> PasskeysAsync(
        Action<BrowserNewContextOptions>? configure, bool hasPasskey = false, bool isRefused = false, bool isRenaming = false, bool isProving = false)
    {
        var user = await Host.CreateUserAsync();
        var (page, _) = await PasskeysPage.OpenAsync(await SignedInProfileAsync(user, configure: configure));
        if (hasPasskey)
        {
            await page.AddPasskeyAsync();
        }

        if (isRefused)
        {
            await page.Add.ClickAsync();
            await Expect(page.Alert).ToBeVisibleAsync();
        }

        if (isRenaming)
        {
            await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Rename" }).First.ClickAsync();
            await page.Tab.GetByLabel("New name of").FillAsync("");
            await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
            await Expect(page.Tab.GetByText("Give it a name of 1 to 64 characters")).ToBeVisibleAsync();
        }

        if (isProving)
        {
            await AgeAsync(user);
            await page.Add.ClickAsync();
            await Expect(page.Tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Use a passkey" })).ToBeVisibleAsync();
        }

        return page.Tab;
    }
}
