using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class FirstVisitTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const int MaxTabStops = 60;

    [Fact]
    public async Task A_new_person_registers_confirms_signs_in_and_sees_their_session_with_the_keyboard_alone()
    {
        var profile = await NewProfileAsync(Device.Firefox);
        var tab = await profile.NewPageAsync();
        await tab.GotoAsync("/");
        await PressAsync(tab, tab.GetByRole(AriaRole.Link, new() { Name = "Create an account" }));

        var register = new RegisterPage(tab);
        await TypeAsync(tab, register.Email, "newcomer@example.org");
        await TypeAsync(tab, register.UserName, "newcomer");
        await TypeAsync(tab, register.Password, PortalHost.DefaultPassword);
        await TypeAsync(tab, register.ConfirmPassword, PortalHost.DefaultPassword);
        await tab.Keyboard.PressAsync("Enter");
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();

        var mail = await Host.Mails.WaitForAsync("newcomer@example.org", "Confirm", Cancel);
        await tab.GotoAsync(CaughtMails.LinkOf(mail).ToString());
        await PressAsync(tab, tab.GetByRole(AriaRole.Button, new() { Name = "Confirm this address" }));
        await Expect(tab.GetByRole(AriaRole.Alert)).ToContainTextAsync("Your address is confirmed.");
        await PressAsync(tab, tab.GetByRole(AriaRole.Link, new() { Name = "Sign in" }));

        var signIn = new SignInPage(tab);
        await TypeAsync(tab, signIn.Login, "newcomer@example.org");
        await TypeAsync(tab, signIn.Password, PortalHost.DefaultPassword);
        await TabToAsync(tab, signIn.KeepMeSignedIn);
        await tab.Keyboard.PressAsync("Space");
        await Expect(signIn.KeepMeSignedIn).ToBeCheckedAsync();
        await PressAsync(tab, signIn.SignIn);

        // Where one arrives: the account at a glance, with a way on to the sessions.
        var overview = new OverviewPage(tab);
        await Expect(overview.Hello).ToHaveTextAsync("Hello newcomer");
        await PressAsync(tab, overview.Sessions);

        var sessions = new SessionsPage(tab);
        await sessions.IsLiveAsync();
        await Expect(sessions.Current).ToContainTextAsync("Firefox on Linux");
        await PressAsync(tab, sessions.Current.GetByText("Details"));
        await Expect(sessions.Current).ToContainTextAsync("by password");

        await PressAsync(tab, tab.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { Name = "Sign out" }));
        await SignedOutPage.IsShownAsync(tab, "you", "You signed out of this browser.");
    }

    private static async Task TypeAsync(IPage tab, ILocator field, string text)
    {
        await TabToAsync(tab, field);
        await tab.Keyboard.TypeAsync(text);
    }

    private static async Task PressAsync(IPage tab, ILocator control)
    {
        await TabToAsync(tab, control);
        await tab.Keyboard.PressAsync("Enter");
    }

    private static async Task TabToAsync(IPage tab, ILocator control)
    {
        await Expect(control).ToBeVisibleAsync();
        for (var stop = 0; stop < MaxTabStops; stop++)
        {
            if (await control.EvaluateAsync<bool>("control => control === document.activeElement"))
            {
                return;
            }

            await tab.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"The keyboard does not reach {control}.");
    }
}
