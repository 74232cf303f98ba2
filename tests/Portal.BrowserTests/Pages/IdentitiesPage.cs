using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Pages;

/// <summary>The linked identities of whoever is signed in.</summary>
internal sealed class IdentitiesPage(IPage tab)
{
    public IPage Tab => tab;

    public ILocator Rows => tab.GetByRole(AriaRole.List, new() { Name = "Linked identities" }).GetByRole(AriaRole.Listitem);

    /// <summary>There while there are other sessions.</summary>
    public ILocator EndOthers => tab.GetByRole(AriaRole.Checkbox, new() { Name = "Sign out everywhere else" });

    public static async Task<IdentitiesPage> OpenAsync(IBrowserContext profile)
    {
        var tab = await profile.NewPageAsync();
        await tab.GotoAsync(PortalUrls.IdentitiesPath);
        return new IdentitiesPage(tab);
    }

    public ILocator Button(string name) => tab.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Goes to the provider, says there who one is, and comes back.</summary>
    public async Task LinkAsync(string provider)
    {
        await Button($"Link {provider}").ClickAsync();
        await tab.Locator("#go").ClickAsync();
        await Expect(tab.GetByText($"{provider} is linked.")).ToBeVisibleAsync();
    }

    public async Task UnlinkAsync(string provider)
    {
        await Button($"Unlink {provider}").ClickAsync();
        await tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Unlink", Exact = true }).ClickAsync();
    }
}
