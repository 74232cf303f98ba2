using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Pages;

/// <summary>The page <c>/account/privacy</c>.</summary>
internal sealed class PrivacyPage(IPage tab)
{
    public IPage Tab => tab;

    public ILocator Export => tab.GetByRole(AriaRole.Button, new() { Name = "Export my data" });

    public ILocator Email => tab.GetByLabel("Type your email address");

    public ILocator Delete => tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Delete my account" });

    /// <summary>Opens it and waits for its circuit.</summary>
    public static async Task<PrivacyPage> OpenAsync(IBrowserContext profile)
    {
        var page = new PrivacyPage(await profile.NewPageAsync());
        await page.Tab.GotoAsync(PortalUrls.PrivacyPath);
        await page.IsLiveAsync();
        return page;
    }

    /// <summary>Waits for its circuit, until which its buttons sleep.</summary>
    public Task IsLiveAsync() => Expect(Delete).ToBeEnabledAsync();
}
