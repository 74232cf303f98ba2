using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Pages;

/// <summary>The way to a new password by a mail.</summary>
internal sealed class ResetPasswordPage(IPage tab)
{
    /// <summary>Asks for the mail, as somebody who is signed in nowhere.</summary>
    public static async Task AskForMailAsync(IPage tab, string login)
    {
        await tab.GotoAsync(PortalUrls.ForgotPasswordPath);
        await tab.GetByLabel("Email or username", new() { Exact = true }).FillAsync(login);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Send the link" }).ClickAsync();
        await Expect(tab.Alert()).ToContainTextAsync("a mail is on its way");
    }

    /// <summary>On the page that the link of the mail opens.</summary>
    public async Task ChooseAsync(string password)
    {
        await tab.GetByLabel("New password").FillAsync(password);
        await tab.GetByLabel("Confirm password").FillAsync(password);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save password" }).ClickAsync();
        await Expect(tab.Alert()).ToContainTextAsync("Your new password is set.");
    }
}
