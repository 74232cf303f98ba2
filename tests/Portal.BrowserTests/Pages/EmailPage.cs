using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Pages;

/// <summary>The page <c>/account/email</c>.</summary>
internal sealed class EmailPage(IPage tab)
{
    public IPage Tab => tab;

    public ILocator New => tab.GetByLabel("New email address");

    public ILocator Send => tab.GetByRole(AriaRole.Button, new() { Name = "Send the link", Exact = true });

    public ILocator Cancel => tab.GetByRole(AriaRole.Button, new() { Name = "Cancel the change" });

    /// <summary>What the page says of the change.</summary>
    public ILocator Said => tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Status).First;

    /// <summary>Opens it and waits for its circuit.</summary>
    public static async Task<EmailPage> OpenAsync(IBrowserContext profile)
    {
        var page = new EmailPage(await profile.NewPageAsync());
        await page.Tab.GotoAsync(PortalUrls.EmailPath);
        await page.IsLiveAsync();
        return page;
    }

    /// <summary>Waits for its circuit, until which its buttons sleep.</summary>
    public Task IsLiveAsync() => Expect(Send).ToBeEnabledAsync();

    public async Task AskAsync(string newEmail)
    {
        await New.FillAsync(newEmail);
        await Send.ClickAsync();
    }
}
