using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Pages;

/// <summary>The account at a glance.</summary>
internal sealed class OverviewPage(IPage tab)
{
    public IPage Tab => tab;

    public ILocator Hello => tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Level = 2 }).First;

    public ILocator Missing => tab.GetByRole(AriaRole.List, new() { Name = "What is missing" }).GetByRole(AriaRole.Listitem);

    public ILocator Open => tab.GetByRole(AriaRole.List, new() { Name = "Complete your profile" }).GetByRole(AriaRole.Listitem);

    public ILocator Sessions => tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "browser" });

    /// <summary>Opens it. What happens before its circuit is there is read when it comes.</summary>
    public static async Task<OverviewPage> OpenAsync(IBrowserContext profile)
    {
        var page = new OverviewPage(await profile.NewPageAsync());
        await page.Tab.GotoAsync(PortalUrls.AccountPath);
        await Expect(page.Hello).ToBeVisibleAsync();
        return page;
    }
}
