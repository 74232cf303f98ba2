using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>The codes on paper, from the day they are made to the day one is needed.</summary>
public sealed class RecoveryCodeTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    public async Task Paper_and_file_carry_all_ten_and_they_are_shown_once()
    {
        var profile = await SignedInProfileAsync(await Host.CreateUserAsync());
        await profile.AddInitScriptAsync("window.printed = 0; window.print = () => { printed++; };");
        var page = await SecurityPage.OpenAsync(profile);
        var (_, codes) = await page.EnrolAsync(TimeProvider.System.GetUtcNow);
        Assert.Equal(10, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$", code));

        await page.Button("Print").ClickAsync();
        await page.Tab.WaitForFunctionAsync("() => printed === 1");
        await page.Tab.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var code in codes)
        {
            await Expect(page.Tab.GetByText(code)).ToBeInViewportAsync();
        }

        await Expect(page.Tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading)).ToHaveTextAsync(["Security", "Your recovery codes"]);
        await page.Tab.EmulateMediaAsync(new() { Media = Media.Null });

        var saved = await page.Tab.RunAndWaitForDownloadAsync(() => page.Tab.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        Assert.Equal("portal-recovery-codes.txt", saved.SuggestedFilename);
        Assert.Equal(codes, (await File.ReadAllLinesAsync(await saved.PathAsync(), Cancel)).SkipWhile(line => line.Length > 0).Skip(1));

        await page.Tab.ReloadAsync();
        await Expect(page.Button("Make new recovery codes")).ToBeEnabledAsync();
        await Expect(page.Codes).ToHaveCountAsync(0);
        Assert.DoesNotContain(codes[0], await page.Tab.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "6.5.1")]
    public async Task Each_lets_in_once_and_the_open_page_counts_down()
    {
        var user = await Host.CreateUserAsync();
        var page = await SecurityPage.OpenAsync(await SignedInProfileAsync(user));
        var (_, codes) = await page.EnrolAsync(TimeProvider.System.GetUtcNow);
        var left = page.Tab.Locator("dl.summary");
        await Expect(left).ToContainTextAsync("10 left");

        var (first, _) = await StartAsync(user, Device.Edge);
        await first.GiveRecoveryCodeAsync(codes[0]);
        await Expect(left).ToContainTextAsync("9 left");

        var (second, tab) = await StartAsync(user, Device.Safari);
        await second.GiveRecoveryCodeAsync(codes[0]);
        await Expect(second.Alert).ToContainTextAsync("This code is none of yours, or was used before.");
        await Expect(left).ToContainTextAsync("9 left");
        // As people write it.
        await second.GiveRecoveryCodeAsync(codes[1].ToLowerInvariant().Replace('-', ' '));
        await Expect(tab).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());
        await Expect(left).ToContainTextAsync("8 left");

        var sessions = await SessionsPage.OpenAsync(tab.Context);
        await sessions.Current.GetByText("Details").ClickAsync();
        await Expect(sessions.Current).ToContainTextAsync("by password and recovery code");
    }

    /// <summary>Gives the password in another browser and asks for the page of recovery codes.</summary>
    private async Task<(SecondStepPage Step, IPage Tab)> StartAsync(TestUser user, Device device)
    {
        var tab = await (await NewProfileAsync(device)).NewPageAsync();
        await (await SignInPage.OpenAsync(tab)).SignInAsync(user);
        var step = new SecondStepPage(tab);
        await step.UseRecoveryCode.ClickAsync();
        return (step, tab);
    }
}
