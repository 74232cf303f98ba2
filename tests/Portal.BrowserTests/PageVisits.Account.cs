using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

// The pages of /account but for the sessions.
public abstract partial class PageVisits
{
    private async Task<IPage> PasswordAsync(Action<BrowserNewContextOptions>? configure, bool isRefused)
    {
        if (isRefused)
        {
            Tolerate("status of 400");
        }

        var page = await PasswordPage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync(), configure: configure));
        if (isRefused)
        {
            await page.ChangeAsync("not the present one", "seven herons sleep by lamplight");
            await Expect(page.Tab.Alert()).ToBeVisibleAsync();
        }

        return page.Tab;
    }

    private async Task<IPage> ProfileAsync(Action<BrowserNewContextOptions>? configure)
    {
        var page = await ProfilePage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync(), configure: configure));
        await page.FullName.FillAsync("Ada Lovelace");
        await page.Save.ClickAsync();
        await Expect(page.Saved).ToBeVisibleAsync();
        return page.Tab;
    }

    private async Task<IPage> ProfileRefusedAsync(Action<BrowserNewContextOptions>? configure)
    {
        var page = await ProfilePage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync(), configure: configure));
        // The field itself would not let so much in.
        await page.FullName.EvaluateAsync("field => { field.value = 'a'.repeat(300); field.dispatchEvent(new Event('input', { bubbles: true })); }");
        await page.PictureFile.SetInputFilesAsync(new FilePayload { Name = "me.png", MimeType = "image/png", Buffer = "<svg>"u8.ToArray() });
        await Expect(page.Tab.GetByText("This file is no picture")).ToBeVisibleAsync();
        await page.Save.ClickAsync();
        await Expect(page.Alert.GetByText("at most 255 fit")).ToBeVisibleAsync();
        return page.Tab;
    }

    private async Task<IPage> ProfileConflictAsync(Action<BrowserNewContextOptions>? configure)
    {
        var user = await Host.CreateUserAsync();
        var page = await ProfilePage.OpenAsync(await SignedInProfileAsync(user, configure: configure));
        await page.FullName.FillAsync("Augusta");
        var other = await ProfilePage.OpenAsync(await SignedInProfileAsync(user, Device.Firefox));
        await other.FullName.FillAsync("Ada");
        await other.Save.ClickAsync();
        await Expect(other.Saved).ToBeVisibleAsync();
        await page.Save.ClickAsync();
        await Expect(page.SaveOver).ToBeVisibleAsync();
        return page.Tab;
    }

    private async Task<IPage> ProfileLeavingAsync(Action<BrowserNewContextOptions>? configure)
    {
        var page = await ProfilePage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync(), configure: configure));
        await page.FullName.FillAsync("Ada");
        await page.Tab.EvaluateAsync("() => document.querySelector('.brand').click()");
        await Expect(page.Question).ToBeVisibleAsync();
        return page.Tab;
    }

    private async Task<IPage> ActivityAsync(Action<BrowserNewContextOptions>? configure, string path)
    {
        var user = await Host.CreateUserAsync();
        foreach (var device in (Device[])[Device.Safari, Device.Phone, Device.Edge])
        {
            await SignInAsync(await NewProfileAsync(device), user, device);
        }

        using var stranger = Host.CreateClient("198.51.100.67");
        await PortalHost.SignInAsync(stranger, user, password: "not the password at all", cancellationToken: Cancel);
        var profile = await SignedInProfileAsync(user, Device.Chrome, configure);
        await Host.EndSessionAsync((await Host.SessionsOfAsync(user, Cancel))[^1].Id, Cancel);
        var page = await ActivityPage.OpenAsync(profile, path);
        if (await page.Rows.CountAsync() > 0)
        {
            await page.Rows.First.GetByText("Details").ClickAsync();
        }

        return page.Tab;
    }

    private async Task<IPage> NotMeAsync(Action<BrowserNewContextOptions>? configure, int times)
    {
        var user = await Host.CreateUserAsync();
        foreach (var address in new[] { "198.51.100.7", "203.0.113.80" })
        {
            using var client = Host.CreateClient(address, Device.Edge.UserAgent);
            await PortalHost.SignInAsync(client, user, cancellationToken: Cancel);
        }

        var link = CaughtMails.LinkOf(await Host.Mails.WaitForAsync(user.Email, "New sign-in", Cancel)).ToString();
        var tab = await GoAsync(link, configure);
        if (times > 0)
        {
            await tab.GetByRole(AriaRole.Button, new() { Name = "End this session" }).ClickAsync();
            await Expect(tab.Alert()).ToBeVisibleAsync();
        }

        if (times > 1)
        {
            await tab.GotoAsync(link);
        }

        return tab;
    }
}
