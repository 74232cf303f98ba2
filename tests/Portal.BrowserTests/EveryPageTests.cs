using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

/// <summary>What holds on every page. That none complains in the console is looked at by every test.</summary>
public sealed class EveryPageTests(BrowserAndPortal shared) : PageVisits(shared)
{
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Axe_finds_nothing_on_a_phone_or_a_desktop_light_or_dark(string page) =>
        await Accessibility.FindsNothingAsync(await VisitAsync(page));

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
