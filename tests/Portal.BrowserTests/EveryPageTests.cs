using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
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

        await Accessibility.FitsAPhoneAsync(tab);
        var stored = await tab.EvaluateAsync<string>("async () => JSON.stringify([localStorage, sessionStorage, await indexedDB.databases(), await caches.keys()])");
        Assert.Equal("[{},{},[],[]]", stored);
        await Expect(tab.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);

        await Accessibility.FindsNothingAsync(tab);
    }

    [Fact]
    public async Task The_mails_that_a_developer_sees_fit_a_phone()
    {
        await StartPortalAsync(options => options.Environment = "Development");
        using var newcomer = Host.CreateClient();
        var form = (await PortalHost.OpenFormAsync(newcomer, PortalUrls.RegisterPath, "register", Cancel))
            .With("Input.Email", "developer@example.org").With("Input.Password", PortalHost.DefaultPassword).With("Input.ConfirmPassword", PortalHost.DefaultPassword);
        using var sent = await newcomer.PostAsync(PortalUrls.RegisterPath, form.ToContent(), Cancel);
        await Host.Mails.WaitForAsync("developer@example.org", "Confirm", Cancel);

        var tab = await (await NewProfileAsync()).NewPageAsync();
        await tab.GotoAsync(PortalUrls.DevMailPath);

        // The mail itself stands in a frame without scripts, where axe cannot look.
        await Expect(tab.GetByText("developer@example.org").First).ToBeVisibleAsync();
        await Accessibility.FitsAPhoneAsync(tab);
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
