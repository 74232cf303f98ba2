using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
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
        var own = await SignInByFormAsync(Device.Firefox, user);
        var intruder = await SignInByFormAsync(Device.Chrome, user);
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

    /// <summary>Through the form, because only that is a sign-in people are mailed of; by a client, whose name nothing contradicts.</summary>
    private async Task<SessionsPage> SignInByFormAsync(Device device, TestUser user)
    {
        using var client = Host.CreateClient(userAgent: device.UserAgent);
        await PortalHost.SignInAsync(client, user, cancellationToken: Cancel);
        var profile = await NewProfileAsync(device);
        await GiveCookiesAsync(profile, client);
        return await SessionsPage.OpenAsync(profile);
    }
}
