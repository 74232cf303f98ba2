using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>What a change of factors does to the person's other browsers.</summary>
public sealed partial class SecondFactorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("ASVS", "7.4.3")]
    public async Task At_each_change_the_tick_alone_decides_whether_the_other_browsers_page_leaves(bool isTicked)
    {
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user);
        var (passkeys, _) = await PasskeysPage.OpenAsync(profile);
        var page = new SecurityPage(passkeys.Tab);
        var elsewhere = await OpenSessionsAsync(user, Device.Firefox);
        foreach (var change in (Func<Task>[])[SetUpAsync, RenewAsync, AddPasskeyAsync, RemovePasskeyAsync, RemoveAsync])
        {
            await change();
            if (isTicked)
            {
                await elsewhere.LeftBecauseAsync("everywhere", "everywhere");
                elsewhere = await OpenSessionsAsync(user, Device.Firefox);
            }
            else
            {
                await elsewhere.Tab.ReloadAsync();
                await elsewhere.IsLiveAsync();
            }
        }

        async Task SetUpAsync()
        {
            await page.BeginAsync();
            await page.EndOthers.SetCheckedAsync(isTicked);
            await page.TurnOnAsync(TimeProvider.System.GetUtcNow);
        }

        async Task RenewAsync()
        {
            await DecideAsync("Make new recovery codes", "Make new codes");
            await Expect(page.Tab.GetByText("You have new recovery codes.")).ToBeVisibleAsync();
        }

        async Task AddPasskeyAsync()
        {
            await passkeys.EndOthers.SetCheckedAsync(isTicked);
            await passkeys.AddPasskeyAsync();
        }

        async Task RemovePasskeyAsync()
        {
            await DecideAsync($"Remove {Device.Chrome.Words}", "Remove");
            await Expect(passkeys.Said).ToContainTextAsync("is removed.");
        }

        async Task RemoveAsync()
        {
            await DecideAsync("Remove the app", "Remove the app");
            await Expect(page.Tab.GetByText("The app is removed.")).ToBeVisibleAsync();
        }

        async Task DecideAsync(string button, string verb)
        {
            await page.Button(button).ClickAsync();
            await page.Dialog.GetByLabel("Sign out everywhere else", new() { Exact = true }).SetCheckedAsync(isTicked);
            await page.Dialog.GetByRole(AriaRole.Button, new() { Name = verb, Exact = true }).ClickAsync();
        }
    }
}
