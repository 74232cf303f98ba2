using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Pages;

/// <summary>A person's security events in one tab.</summary>
internal sealed class ActivityPage(IPage tab)
{
    public IPage Tab => tab;

    public ILocator List => tab.GetByRole(AriaRole.List, new() { Name = "Activity", Exact = true });

    public ILocator Rows => List.GetByRole(AriaRole.Listitem);

    public ILocator Filters => tab.GetByRole(AriaRole.Navigation, new() { Name = "Show" });

    public ILocator Announcement => tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status);

    public ILocator LoadMore => tab.GetByRole(AriaRole.Button, new() { Name = "Load more" });

    public ILocator Question => tab.GetByRole(AriaRole.Dialog);

    /// <summary>Opens the page in a new tab and waits until its circuit is there.</summary>
    public static async Task<ActivityPage> OpenAsync(IBrowserContext profile, string path = PortalUrls.ActivityPath)
    {
        var tab = await profile.NewPageAsync();
        await tab.GotoAsync(path);
        var page = new ActivityPage(tab);
        if (await page.List.CountAsync() > 0)
        {
            await page.IsLiveAsync();
        }

        return page;
    }

    /// <summary>Waits for its circuit, until which rows neither come nor go.</summary>
    public Task IsLiveAsync() => Expect(List).ToHaveAttributeAsync("data-keep-focus", "");

    public ILocator Row(string words) => Rows.Filter(new() { HasText = words });

    public ILocator NotMe(string words) => List.GetByRole(AriaRole.Button, new() { Name = $"This wasn't me: {words}" });
}
