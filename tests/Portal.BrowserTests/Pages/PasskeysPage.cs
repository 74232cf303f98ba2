using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Pages;

/// <summary>The page <c>/account/security</c>, as far as passkeys go.</summary>
internal sealed class PasskeysPage(IPage tab)
{
    public IPage Tab => tab;

    public ILocator Passkeys => tab.GetByRole(AriaRole.List, new() { Name = "Your passkeys" }).GetByRole(AriaRole.Listitem);

    public ILocator Add => tab.GetByRole(AriaRole.Button, new() { Name = "Add a passkey", Exact = true });

    public ILocator EndOthers => tab.Locator("#add-passkey-end");

    /// <summary>What the panel says of what was just done.</summary>
    public ILocator Said => tab.GetByRole(AriaRole.Region, new() { Name = "Passkeys" }).GetByRole(AriaRole.Status).First;

    public ILocator Alert => tab.GetByRole(AriaRole.Region, new() { Name = "Passkeys" }).GetByRole(AriaRole.Alert);

    /// <summary>Opens it with a device at hand and waits for its circuit.</summary>
    public static async Task<(PasskeysPage Page, Authenticator Device)> OpenAsync(IBrowserContext profile)
    {
        var page = new PasskeysPage(await profile.NewPageAsync());
        var device = await Authenticator.AttachAsync(page.Tab);
        await page.Tab.GotoAsync(PortalUrls.SecurityPath);
        await page.IsLiveAsync();
        return (page, device);
    }

    /// <summary>Waits for its circuit, until which its buttons sleep.</summary>
    public Task IsLiveAsync() => Expect(Add).ToBeEnabledAsync();

    public async Task AddPasskeyAsync()
    {
        await Add.ClickAsync();
        await Expect(Said).ToContainTextAsync("is added.");
    }

    /// <summary>Opens the question before one of them goes.</summary>
    public async Task<ILocator> AskToRemoveAsync(string name)
    {
        await tab.GetByRole(AriaRole.Button, new() { Name = $"Remove {name}", Exact = true }).ClickAsync();
        var dialog = tab.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();
        return dialog;
    }

    public async Task RemoveAsync(string name) =>
        await (await AskToRemoveAsync(name)).GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
}
