using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Pages;

/// <summary>The page <c>/account/password</c>.</summary>
internal sealed class PasswordPage(IPage tab)
{
    public IPage Tab => tab;

    public ILocator Current => tab.GetByLabel("Current password");

    public ILocator New => tab.GetByLabel("New password");

    public ILocator Confirm => tab.GetByLabel("Confirm password");

    public ILocator Change => tab.GetByRole(AriaRole.Button, new() { Name = "Change password" });

    /// <summary>Opens it and waits for its circuit.</summary>
    public static async Task<PasswordPage> OpenAsync(IBrowserContext profile)
    {
        var page = new PasswordPage(await profile.NewPageAsync());
        await page.Tab.GotoAsync(PortalUrls.PasswordPath);
        await page.IsLiveAsync();
        return page;
    }

    /// <summary>Waits for its circuit, until which its buttons sleep.</summary>
    public Task IsLiveAsync() => Expect(Change).ToBeEnabledAsync();

    public async Task ChangeAsync(string current, string replacement)
    {
        await Current.FillAsync(current);
        await New.FillAsync(replacement);
        await Confirm.FillAsync(replacement);
        await Change.ClickAsync();
    }
}
