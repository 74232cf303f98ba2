using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class WithoutScriptTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    public async Task Without_script_people_register_sign_in_see_their_sessions_and_sign_out()
    {
        var profile = await NewProfileAsync(Device.Firefox, options => options.JavaScriptEnabled = false);
        var tab = await profile.NewPageAsync();
        var register = await RegisterPage.OpenAsync(tab);
        await register.FillAsync("plain@example.org", "plain", PortalHost.DefaultPassword);
        await register.CreateAccount.ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();
        await tab.GotoAsync(CaughtMails.LinkOf(await Host.Mails.WaitForAsync("plain@example.org", "Confirm", Cancel)).ToString());
        await tab.GetByRole(AriaRole.Button, new() { Name = "Confirm this address" }).ClickAsync();
        await tab.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await new SignInPage(tab).SignInAsync(new TestUser(0, "plain@example.org", "plain", PortalHost.DefaultPassword));

        await tab.GotoAsync(PortalUrls.SessionsPath);
        var sessions = new SessionsPage(tab);
        await Expect(sessions.Current).ToContainTextAsync("Firefox on Linux");
        await Expect(sessions.Current).ToContainTextAsync("UTC");

        await sessions.Current.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await SignedOutPage.IsShownAsync(tab, "you", "You signed out of this browser.");
    }

    [Fact]
    public async Task Without_script_a_refused_form_keeps_what_was_typed_and_says_what_to_do()
    {
        var profile = await NewProfileAsync(configure: options => options.JavaScriptEnabled = false);
        var tab = await profile.NewPageAsync();
        var register = await RegisterPage.OpenAsync(tab);
        await register.FillAsync("keeps@example.org", "keeps", "short");
        await register.CreateAccount.ClickAsync();

        await Expect(register.Errors).ToBeVisibleAsync();
        await Expect(register.Email).ToHaveValueAsync("keeps@example.org");
        await Expect(register.UserName).ToHaveValueAsync("keeps");
        await Expect(register.Password).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Without_script_the_theme_is_switched_by_a_form()
    {
        var profile = await NewProfileAsync(configure: options => options.JavaScriptEnabled = false);
        var tab = await profile.NewPageAsync();
        await tab.GotoAsync(PortalUrls.SignInPath);

        await tab.GetByRole(AriaRole.Button, new() { Name = "Dark" }).ClickAsync();

        await Expect(tab).ToHaveURLAsync(At(PortalUrls.SignInPath).ToString());
        await Expect(tab.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
    }
}
