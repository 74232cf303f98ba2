using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts.Data;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

// The account at a glance, its address, and what is held about the person.
public abstract partial class PageVisits
{
    private static string NewAddress() => $"wish-{Guid.CreateVersion7():N}@example.org";

    private async Task<IPage> OverviewAsync(Action<BrowserNewContextOptions>? configure, bool isMissing)
    {
        var user = await Host.CreateUserAsync();
        if (isMissing)
        {
            await ChangeAsync(context => context.Users.Where(row => row.Id == user.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(found => found.EmailConfirmed, false).SetProperty(found => found.NewEmail, NewAddress()), Cancel));
            foreach (var device in (string[])["something unheard of", "something else unheard of"])
            {
                using var other = await Host.BeginSessionAsync(user, userAgent: device);
            }
        }
        else
        {
            await Host.AddSecondFactorAsync(user);
            await ChangeAsync(context => context.Users.Where(row => row.Id == user.Id)
                .ExecuteUpdateAsync(row => row.SetProperty(found => found.Profile, """{"full_name":"Ada Lovelace"}"""), Cancel));
        }

        return (await OverviewPage.OpenAsync(await SignedInProfileAsync(user, configure: configure))).Tab;
    }

    private async Task<IPage> EmailAsync(Action<BrowserNewContextOptions>? configure, string? wish = null)
    {
        var page = await EmailPage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync(), configure: configure));
        if (wish is not null)
        {
            await page.AskAsync(wish);
            await Expect(wish.Contains('@', StringComparison.Ordinal) ? page.Said : page.Tab.Alert()).ToBeVisibleAsync();
        }

        return page.Tab;
    }

    private async Task<IPage> ProveAsync(Action<BrowserNewContextOptions>? configure)
    {
        var user = await Host.CreateUserAsync();
        var page = await EmailPage.OpenAsync(await SignedInProfileAsync(user, configure: configure));
        await AgeAsync(user);
        await page.AskAsync(NewAddress());
        await Expect(page.Tab.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        return page.Tab;
    }

    private async Task<IPage> NewEmailAsync(Action<BrowserNewContextOptions>? configure, bool isStop, bool isDone)
    {
        var user = await Host.CreateUserAsync();
        var wish = NewAddress();
        await (await EmailPage.OpenAsync(await SignedInProfileAsync(user))).AskAsync(wish);
        var mail = await Host.Mails.WaitForAsync(isStop ? user.Email : wish, "", Cancel);
        var tab = await GoAsync(CaughtMails.LinkOf(mail).PathAndQuery, configure);
        if (isDone)
        {
            await tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = isStop ? "Stop the change" : "Confirm this address" }).ClickAsync();
            await Expect(tab.Alert()).ToBeVisibleAsync();
        }

        return tab;
    }

    private async Task<IPage> PrivacyAsync(Action<BrowserNewContextOptions>? configure, bool isRefused = false, bool isAsked = false)
    {
        var user = await Host.CreateUserAsync();
        var page = await PrivacyPage.OpenAsync(await SignedInProfileAsync(user, configure: configure));
        if (isRefused)
        {
            await page.Email.FillAsync("someone.else@example.org");
            await page.Delete.ClickAsync();
            await Expect(page.Tab.Alert()).ToBeVisibleAsync();
        }

        if (isAsked)
        {
            await page.Email.FillAsync(user.Email);
            await page.Delete.ClickAsync();
            await Expect(page.Tab.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        }

        return page.Tab;
    }

    private async Task ChangeAsync(Func<PortalDbContext, Task> change)
    {
        await using var context = await Host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Cancel);
        await change(context);
    }
}
