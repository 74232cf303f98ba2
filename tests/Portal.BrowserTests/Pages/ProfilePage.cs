using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Pages;

/// <summary>A person's profile and preferences in one tab.</summary>
internal sealed class ProfilePage(IPage tab)
{
    public IPage Tab => tab;

    public ILocator FullName => tab.GetByLabel("Full name", new() { Exact = true });

    public ILocator Affiliations => tab.GetByLabel("Affiliations", new() { Exact = true });

    public ILocator Language => tab.GetByLabel("Language of mails");

    public ILocator TimeZone => tab.GetByLabel("Time zone", new() { Exact = true });

    public ILocator Save => tab.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true });

    public ILocator SaveOver => tab.GetByRole(AriaRole.Button, new() { Name = "Save over it" });

    public ILocator Saved => tab.GetByRole(AriaRole.Status).GetByText("Saved.", new() { Exact = true });

    public ILocator Alert => tab.Alert();

    /// <summary>The question before something unsaved is left.</summary>
    public ILocator Question => tab.GetByRole(AriaRole.Dialog, new() { Name = "Leave without saving?" });

    public ILocator PictureFile => tab.Locator("input[type=file]");

    public ILocator Navigation(string link) => tab.GetByRole(AriaRole.Navigation, new() { Name = "Account", Exact = true }).GetByRole(AriaRole.Link, new() { Name = link });

    /// <summary>Opens the page in a new tab and waits until its circuit is there.</summary>
    public static async Task<ProfilePage> OpenAsync(IBrowserContext profile)
    {
        var page = new ProfilePage(await profile.NewPageAsync());
        await page.Tab.GotoAsync(PortalUrls.ProfilePath);
        await page.IsLiveAsync();
        return page;
    }

    /// <summary>Waits until something can be saved, which takes the circuit.</summary>
    public Task IsLiveAsync() => Expect(Save).ToBeEnabledAsync();

    /// <summary>A picture of 700 by 600 pixels that the browser itself drew.</summary>
    public async Task<FilePayload> DrawnAsync(string type = "image/png")
    {
        var drawn = await tab.EvaluateAsync<string>(
            """
            type => {
              const canvas = Object.assign(document.createElement("canvas"), { width: 700, height: 600 });
              const pen = canvas.getContext("2d");
              pen.fillStyle = "teal";
              pen.fillRect(0, 0, 700, 600);
              pen.fillStyle = "gold";
              pen.arc(350, 300, 200, 0, 7);
              pen.fill();
              return canvas.toDataURL(type).split(",")[1];
            }
            """,
            type);
        return new FilePayload { Name = "me." + type[6..], MimeType = type, Buffer = Convert.FromBase64String(drawn) };
    }

    public ILocator Radio(string group, string choice) =>
        tab.GetByRole(AriaRole.Group, new() { Name = group }).GetByRole(AriaRole.Radio, new() { Name = choice });
}
