using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Pages;

/// <summary>Everybody's sessions in an administrator's tab.</summary>
internal sealed class AllSessionsPage(IPage tab)
{
    public IPage Tab => tab;

    public ILocator Rows => tab.GetByRole(AriaRole.Table, new() { Name = "Sessions" }).Locator("tbody tr");

    public ILocator Own => Row("This session");

    public ILocator Question => tab.GetByRole(AriaRole.Dialog);

    /// <summary>Opens the page in a new tab and waits until its circuit is there.</summary>
    public static async Task<AllSessionsPage> OpenAsync(IBrowserContext profile, string query = "")
    {
        var tab = await profile.NewPageAsync();
        await tab.GotoAsync(PortalUrls.AdminSessionsPath + query);
        var page = new AllSessionsPage(tab);
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "End everybody's" }).Or(tab.GetByRole(AriaRole.Button, new() { Name = "End all that match" }))).ToBeEnabledAsync();
        return page;
    }

    public ILocator Row(string words) => Rows.Filter(new() { HasText = words });

    public ILocator End(string device, string email) => Rows.GetByRole(AriaRole.Button, new() { Name = $"End {device} of {email}", Exact = true });

    public ILocator Button(string name) => tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = name });

    public ILocator Answer(string verb) => Question.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true });
}
