using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

// From the first other browser to the last mail.
public sealed partial class NewPersonTests
{
    private async Task SignAnotherBrowserOutAsync()
    {
        await GoAsync("Sessions");
        var sessions = new SessionsPage(_tab);
        await sessions.IsLiveAsync();
        var other = await (await NewProfileAsync(Device.Firefox)).NewPageAsync();
        await SignInPage.OpenAsync(other);
        await SignInAsync(other, _newAddress, Second);
        await sessions.ShowsOnlineAsync(Device.Firefox.Words);
        await LookAsync(_tab);

        await sessions.SignOut(Device.Firefox.Words).ClickAsync();
        await SignedOutPage.IsShownAsync(other, "revoked", "This session was ended from another of your devices.");
        await LookAsync(other);
        await sessions.DoesNotShowAsync(Device.Firefox.Words);
        await LookAsync(_tab);
    }

    private async Task LookAtActivityAsync()
    {
        await GoAsync("Activity");
        var activity = new ActivityPage(_tab);
        await activity.IsLiveAsync();
        await Expect(activity.Row("Signed out Firefox on Linux from another device")).ToHaveCountAsync(1);
        await Expect(activity.Row("Changed the password")).ToHaveCountAsync(1);
        await Expect(activity.Row("Created this account")).ToHaveCountAsync(1);
        await LookAsync(_tab);
    }

    private async Task TakeDataAlongAsync()
    {
        await GoAsync("Privacy");
        var privacy = new PrivacyPage(_tab);
        await privacy.IsLiveAsync();
        await LookAsync(_tab);
        var file = await _tab.RunAndWaitForDownloadAsync(() => privacy.Export.ClickAsync());
        await using var content = await file.CreateReadStreamAsync();
        Assert.Equal(_newAddress, (string?)(await JsonNode.ParseAsync(content, cancellationToken: Cancel))!["account"]!["email"]);
    }

    private async Task ForgetPasswordAsync()
    {
        var phone = await (await NewProfileAsync(Device.Phone)).NewPageAsync();
        await phone.GotoAsync(PortalUrls.SignInPath);
        await Link(phone, "Forgot your password?").ClickAsync();
        await LookAsync(phone);
        await phone.GetByLabel("Email or username", new() { Exact = true }).FillAsync(_newAddress);
        await Button(phone, "Send the link").ClickAsync();
        await Expect(phone.Alert()).ToContainTextAsync("a mail is on its way");
        await LookAsync(phone);

        await phone.GotoAsync(await LinkMailedToAsync(_newAddress, "Wählen Sie ein neues Passwort"));
        await LookAsync(phone);
        await phone.GetByLabel("New password").FillAsync(Third);
        await phone.GetByLabel("Confirm password").FillAsync(Third);
        await Button(phone, "Save password").ClickAsync();
        await Expect(phone.Alert()).ToContainTextAsync("Your new password is set.");
        await LookAsync(phone);

        // The page that was open at home left by itself.
        await SignedOutPage.IsShownAsync(_tab, "password-changed", "The password was changed");
        await Link(_tab, "Sign in again").ClickAsync();
    }

    private async Task DeleteAccountAsync()
    {
        await GoAsync("Privacy");
        var privacy = new PrivacyPage(_tab);
        await privacy.IsLiveAsync();
        await privacy.Email.FillAsync(_newAddress);
        await privacy.Delete.ClickAsync();
        var dialog = _tab.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await LookAsync(_tab);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete my account" }).ClickAsync();
        await Expect(_tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your account is deleted");
        await LookAsync(_tab);
        await Host.Mails.WaitForAsync(_newAddress, "gelöscht", Cancel);
        await Link(_tab, "Go to sign-in").ClickAsync();
    }
}
