using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

/// <summary>What holds on every page. That none complains in the console is looked at by every test.</summary>
public sealed class EveryPageTests(BrowserAndPortal shared) : PageVisits(shared)
{
    [Theory]
    [MemberData(nameof(Names))]
    [Trait("ASVS", "14.3.3")]
    public async Task It_scrolls_nothing_sideways_on_a_phone_stores_nothing_private_and_axe_finds_nothing(string page)
    {
        var tab = await VisitAsync(page, options => options.ViewportSize = new() { Width = Accessibility.Phone, Height = 740 });

        var widths = await tab.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        Assert.True(widths[0] <= widths[1], $"{page} is {widths[0]} px wide on a phone of {widths[1]} px.");

        var stored = await tab.EvaluateAsync<string>("async () => JSON.stringify([localStorage, sessionStorage, await indexedDB.databases(), await caches.keys()])");
        Assert.Equal("[{},{},[],[]]", stored);
        await Expect(tab.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);

        await Accessibility.FindsNothingAsync(tab);
    }

    [Fact]
    [Trait("ASVS", "6.2.7")]
    public async Task A_password_can_be_pasted_and_shown()
    {
        var profile = await NewProfileAsync();
        await profile.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var tab = await profile.NewPageAsync();
        var signIn = await SignInPage.OpenAsync(tab);
        await tab.EvaluateAsync("() => navigator.clipboard.writeText('lanterns drift')");

        await signIn.Password.FocusAsync();
        await tab.Keyboard.PressAsync("ControlOrMeta+V");
        await Expect(signIn.Password).ToHaveValueAsync("lanterns drift");
        await Expect(signIn.Password).ToHaveAttributeAsync("type", "password");

        await tab.GetByRole(AriaRole.Button, new() { Name = "Show what is typed" }).ClickAsync();
        await Expect(signIn.Password).ToHaveAttributeAsync("type", "text");
    }
}
