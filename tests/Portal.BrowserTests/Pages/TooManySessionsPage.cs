using Microsoft.Playwright;

namespace Portal.BrowserTests.Pages;

/// <summary>The page on which a sign-in that has no room ends a session for itself.</summary>
internal sealed class TooManySessionsPage(IPage tab)
{
    public ILocator Heading => tab.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "You have too many sessions" });

    public ILocator Choices => tab.GetByRole(AriaRole.Group, new() { Name = "Sign out of" }).GetByRole(AriaRole.Radio);

    public ILocator Alert => tab.Alert();

    public ILocator Choice(string device) => tab.GetByRole(AriaRole.Radio, new() { Name = device });

    public async Task EndAsync(string device)
    {
        await Choice(device).CheckAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Sign out there and sign in here" }).ClickAsync();
    }
}
