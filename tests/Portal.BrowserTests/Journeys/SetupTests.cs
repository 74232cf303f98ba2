using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts.Administration;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class SetupTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    [Trait("ASVS", "6.3.2")]
    public async Task The_printed_link_makes_the_first_administrator_once()
    {
        await StartPortalAsync();
        var link = (await Host.Services.GetRequiredService<ISetupService>().NewLinkAsync(Cancel))!;
        var tab = await (await NewProfileAsync()).NewPageAsync();
        await tab.GotoAsync(link);
        await Accessibility.FitsAPhoneAsync(tab);
        await Accessibility.FindsNothingAsync(tab);

        await tab.GetByLabel("Email", new() { Exact = true }).FillAsync("first@example.org");
        await tab.GetByLabel("Password", new() { Exact = true }).FillAsync("short");
        await tab.GetByLabel("Confirm password").FillAsync("other");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Create administrator" }).ClickAsync();
        await Expect(tab.Alert()).ToBeVisibleAsync();
        await Accessibility.FitsAPhoneAsync(tab);
        await Accessibility.FindsNothingAsync(tab);

        await tab.GetByLabel("Password", new() { Exact = true }).FillAsync(PortalHost.DefaultPassword);
        await tab.GetByLabel("Confirm password").FillAsync(PortalHost.DefaultPassword);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Create administrator" }).ClickAsync();
        await Expect(tab.Alert()).ToContainTextAsync("The administrator's account is ready.");
        await Accessibility.FindsNothingAsync(tab);

        await tab.GotoAsync(link);
        await Expect(tab.Alert()).ToContainTextAsync("This address does not work.");
        var signIn = await SignInPage.OpenAsync(tab);
        await signIn.SignInAsync(new TestUser(0, "first@example.org", null, PortalHost.DefaultPassword));
        await Expect(tab.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Administration" })).ToBeVisibleAsync();
    }
}
