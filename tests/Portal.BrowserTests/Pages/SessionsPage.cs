using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Pages;

/// <summary>A person's sessions in one tab.</summary>
internal sealed class SessionsPage(IPage tab)
{
    public IPage Tab => tab;

    public ILocator List => tab.GetByRole(AriaRole.List, new() { Name = "Sessions", Exact = true });

    public ILocator Rows => List.GetByRole(AriaRole.Listitem);

    public ILocator Current => Row("This device");

    public ILocator EverywhereElse => tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" });

    public ILocator Announcement => tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status);

    public ILocator Ended => tab.GetByRole(AriaRole.List, new() { Name = "Ended sessions" });

    /// <summary>Opens the page in a new tab and waits until its circuit is there.</summary>
    public static async Task<SessionsPage> OpenAsync(IBrowserContext profile)
    {
        var tab = await profile.NewPageAsync();
        await tab.GotoAsync(PortalUrls.SessionsPath);
        var page = new SessionsPage(tab);
        await page.IsLiveAsync();
        return page;
    }

    public ILocator Row(string words) => Rows.Filter(new() { HasText = words });

    public ILocator SignOut(string device) => List.GetByRole(AriaRole.Button, new() { Name = $"Sign out {device}", Exact = true });

    /// <summary>Waits until the page knows of itself that it is open, which only its circuit can tell it.</summary>
    public Task IsLiveAsync() => Expect(Current).ToContainTextAsync("Online now");

    public Task ShowsOnlineAsync(string device, string tabs = "1 tab") =>
        Expect(Row(device)).ToContainTextAsync(new Regex($"Online now\\s*{tabs}"));

    public Task DoesNotShowAsync(string device) => Expect(Row(device)).ToHaveCountAsync(0);

    /// <summary>The tab left by itself and says why.</summary>
    public Task LeftBecauseAsync(string reason, string words) => SignedOutPage.IsShownAsync(tab, reason, words);
}
