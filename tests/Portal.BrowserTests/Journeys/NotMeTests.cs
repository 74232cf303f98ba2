using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class NotMeTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task From_the_mail_of_a_new_sign_in_the_intruders_open_page_is_thrown_out_and_a_new_password_asked_for()
    {
        var user = await Host.CreateUserAsync();
        var own = await SignInByFormAsync(user, Device.Firefox);
        var intruder = await SignInByFormAsync(user, Device.Chrome);
        await own.ShowsOnlineAsync(Device.Chrome.Words);
        var mail = await Host.Mails.WaitForAsync(user.Email, "New sign-in", Cancel);

        var tab = await (await NewProfileAsync(Device.Phone)).NewPageAsync();
        await tab.GotoAsync(CaughtMails.LinkOf(mail).ToString());
        await Expect(tab.GetByRole(AriaRole.Main)).ToContainTextAsync(Device.Chrome.Words);
        await tab.GetByRole(AriaRole.Button, new() { Name = "End this session" }).ClickAsync();

        await intruder.LeftBecauseAsync("revoked", "This session was ended from another of your devices.");
        await Expect(tab.Alert()).ToContainTextAsync("The session has ended.");
        await own.DoesNotShowAsync(Device.Chrome.Words);
        await own.IsLiveAsync();
        await tab.GetByRole(AriaRole.Link, new() { Name = "Choose a new password" }).ClickAsync();
        await Expect(tab).ToHaveURLAsync(new Regex("/forgot-password$"));
    }
}
