using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

// What begins in a mail.
public sealed partial class KeyboardTests
{
    [Fact]
    public async Task The_keyboard_alone_replaces_a_forgotten_password_and_signs_in_with_the_new_one()
    {
        var user = await Host.CreateUserAsync();
        await OpenAsync(await NewProfileAsync(Device.Firefox), PortalUrls.SignInPath);
        await _keys.EnterAsync(AriaRole.Link, "Forgot your password?");
        await _keys.TypeAsync("Email or username", user.Email);
        await _keys.PressAsync("Enter");
        await Expect(_tab.Alert()).ToContainTextAsync("a mail is on its way");

        await _tab.GotoAsync(await LinkMailedAsync(user, "Choose a new password"));
        await _keys.TypeAsync("New password", Second);
        await _keys.TypeAsync("Confirm password", "something else");
        await _keys.PressAsync("Enter");
        await Expect(_tab.GetByText("The two passwords differ.").First).ToBeVisibleAsync();
        // No password is written back: both are typed anew.
        await _keys.TypeAsync("New password", Second);
        await _keys.TypeAsync("Confirm password", Second);
        await _keys.EnterAsync(AriaRole.Button, "Save password");
        await Expect(_tab.Alert()).ToContainTextAsync("Your new password is set.");

        await _keys.EnterAsync(AriaRole.Link, "Sign in");
        await _keys.TypeAsync("Email or username", user.Email);
        await _keys.TypeAsync("Password", Second);
        await _keys.PressAsync("Enter");
        await Expect(new OverviewPage(_tab).Hello).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_keyboard_alone_ends_a_strangers_session_from_the_mail_and_goes_on_to_a_new_password()
    {
        var user = await Host.CreateUserAsync();
        await SignInByFormAsync(user, Device.Firefox);
        var stranger = await SignInByFormAsync(user, Device.Chrome);
        await OpenAsync(await NewProfileAsync(Device.Phone), await LinkMailedAsync(user, "New sign-in"));

        await _keys.ReachAsync(AriaRole.Button, "End this session");
        await _keys.PressAsync("Space");
        await stranger.LeftBecauseAsync("revoked", "This session was ended from another of your devices.");
        await Expect(_tab.Alert()).ToContainTextAsync("The session has ended.");

        await _keys.EnterAsync(AriaRole.Link, "Choose a new password");
        await _keys.TypeAsync("Email or username", user.Email);
        await _keys.PressAsync("Enter");
        await Expect(_tab.Alert()).ToContainTextAsync("a mail is on its way");
    }

    private async Task<string> LinkMailedAsync(TestUser user, string subject) =>
        CaughtMails.LinkOf(await Host.Mails.WaitForAsync(user.Email, subject, Cancel)).ToString();
}
