using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

// Second factors.
public abstract partial class PageVisits
{
    private async Task<IPage> SecurityAsync(Action<BrowserNewContextOptions>? configure, bool hasApp = false, bool isBegun = false, bool isRefused = false, bool hasCodes = false, bool isAsked = false)
    {
        var user = await Host.CreateUserAsync();
        if (hasApp || isAsked)
        {
            await Host.AddSecondFactorAsync(user);
            await ChangeAsync(async context =>
            {
                context.TrustedBrowsers.Add(new() { UserId = user.Id, KeyHash = Guid.CreateVersion7().ToByteArray(), SessionId = "", Browser = "Firefox", Os = "Linux", ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(30) });
                await context.SaveChangesAsync(Cancel);
            });
        }

        var page = await SecurityPage.OpenAsync(await SignedInProfileAsync(user, configure: configure));
        if (hasCodes)
        {
            await page.EnrolAsync(TimeProvider.System.GetUtcNow);
        }
        else if (isBegun || isRefused)
        {
            await page.SetUp.ClickAsync();
            await Expect(page.Picture).ToBeVisibleAsync();
            if (isRefused)
            {
                await page.Code.FillAsync("no code");
                await page.Button("Turn on").ClickAsync();
                await Expect(page.Tab.GetByText("This is not the code of this moment.").First).ToBeVisibleAsync();
            }
        }
        else if (isAsked)
        {
            await page.Button("Remove the app").ClickAsync();
            await Expect(page.Dialog).ToBeVisibleAsync();
        }

        return page.Tab;
    }

    private async Task<IPage> SecondStepAsync(Action<BrowserNewContextOptions>? configure, bool isOnPaper = false, bool isRefused = false)
    {
        var user = await Host.CreateUserAsync();
        await Host.AddSecondFactorAsync(user);
        var tab = await (await NewProfileAsync(configure: configure)).NewPageAsync();
        await (await SignInPage.OpenAsync(tab)).SignInAsync(user);
        var step = new SecondStepPage(tab);
        await Expect(step.Code).ToBeVisibleAsync();
        if (isOnPaper)
        {
            await step.UseRecoveryCode.ClickAsync();
            await Expect(step.RecoveryCode).ToBeVisibleAsync();
        }

        if (isRefused)
        {
            await step.GiveAsync("no code");
            await Expect(step.Alert).ToBeVisibleAsync();
        }

        return tab;
    }
}
