using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

// The pages of /admin about sessions, and what an administrator sees as somebody else.
public abstract partial class PageVisits
{
    private async Task<IPage> BoardAsync(Action<BrowserNewContextOptions>? configure)
    {
        await OpenSessionsAsync(await Host.CreateUserAsync(), Device.Firefox);
        var tab = await (await SignedInProfileAsync(await Host.CreateUserAsync(roles: "admin"), configure: configure)).NewPageAsync();
        await tab.GotoAsync(PortalUrls.AdminPath);
        await Expect(tab.GetByRole(AriaRole.List, new() { Name = "Tabs by page" })).ToContainTextAsync(PortalUrls.AdminPath);
        await tab.GetByText("Sign-ins as a table").First.ClickAsync();
        return tab;
    }

    private async Task<IPage> TooManySessionsAsync(Action<BrowserNewContextOptions>? configure)
    {
        await StartPortalAsync(options => (options.Settings["Sessions:MaximumPerUser"], options.Settings["Sessions:WhenFull"]) = ("3", "Refuse"));
        var user = await Host.CreateUserAsync();
        foreach (var device in (Device[])[Device.Safari, Device.Firefox, Device.Phone])
        {
            using var other = await Host.BeginSessionAsync(user, userAgent: device.UserAgent);
        }

        var tab = await (await NewProfileAsync(configure: configure)).NewPageAsync();
        await tab.GotoAsync(PortalUrls.SignInPath);
        var form = new SignInPage(tab);
        await form.Login.FillAsync(user.Email);
        await form.Password.FillAsync(user.Password);
        await form.SignIn.ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Sign out there and sign in here" })).ToBeVisibleAsync();
        return tab;
    }

    private async Task<IPage> IdleAsync(Action<BrowserNewContextOptions>? configure)
    {
        await StartPortalAsync(options => options.UseRealClock = false);
        var page = await SessionsPage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync(), configure: configure));
        Host.Clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromMinutes(2));
        await Expect(page.Tab.GetByRole(AriaRole.Button, new() { Name = "Stay signed in" })).ToBeVisibleAsync();
        return page.Tab;
    }

    private async Task<IPage> AllSessionsAsync(Action<BrowserNewContextOptions>? configure, string query = "", bool isAsked = false)
    {
        foreach (var device in (Device[])[Device.Safari, Device.Firefox, Device.Edge])
        {
            using var other = await Host.BeginSessionAsync(await Host.CreateUserAsync(), userAgent: device.UserAgent, address: "198.51.100.7");
        }

        await OpenSessionsAsync(await Host.CreateUserAsync(), Device.Phone);
        var profile = await SignedInProfileAsync(await Host.CreateUserAsync(roles: "admin"), configure: configure);
        if (query.Length > 0)
        {
            var tab = await profile.NewPageAsync();
            await tab.GotoAsync(PortalUrls.AdminSessionsPath + query);
            await Expect(tab.GetByText("No session is like this.")).ToBeVisibleAsync();
            return tab;
        }

        var page = await AllSessionsPage.OpenAsync(profile);
        if (isAsked)
        {
            await page.Button("End everybody's").ClickAsync();
            await Expect(page.Question).ToBeVisibleAsync();
        }

        return page.Tab;
    }

    private async Task<IPage> ImpersonateAsync(Action<BrowserNewContextOptions>? configure, bool isDone, bool isRefused = false)
    {
        var (user, admin) = (await Host.CreateUserAsync(), await Host.CreateUserAsync(roles: "admin"));
        var tab = await (await SignedInProfileAsync(admin, configure: configure)).NewPageAsync();
        await tab.GotoAsync(PortalUrls.Impersonate(isRefused ? admin.Email : user.Email));
        if (isRefused)
        {
            await Expect(tab.GetByText("This is you already.")).ToBeVisibleAsync();
            return tab;
        }

        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Act as" })).ToBeEnabledAsync();
        if (isDone)
        {
            await tab.GetByLabel("Reason").FillAsync("They asked why their picture is missing.");
            await tab.GetByRole(AriaRole.Button, new() { Name = "Act as" }).ClickAsync();
            await Expect(tab.GetByRole(AriaRole.Region, new() { Name = "Acting as another person" })).ToBeVisibleAsync();
            await tab.GotoAsync(PortalUrls.SessionsPath);
            await new SessionsPage(tab).IsLiveAsync();
        }

        return tab;
    }
}
