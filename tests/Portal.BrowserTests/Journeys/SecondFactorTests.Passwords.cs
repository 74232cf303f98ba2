using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>What a new password opens to somebody with an app: nothing more than the old one.</summary>
public sealed partial class SecondFactorTests
{
    private const string New = "seven herons sleep by lamplight";

    [Fact]
    [Trait("ASVS", "6.4.3")]
    public async Task A_password_reset_by_mail_does_not_get_round_the_app()
    {
        var user = await Host.CreateUserAsync();
        var (app, _) = await Host.AddSecondFactorAsync(user);
        var tab = await (await NewProfileAsync()).NewPageAsync();

        await ResetPasswordPage.AskForMailAsync(tab, user.Email);
        await tab.GotoAsync(CaughtMails.LinkOf(await Host.Mails.WaitForAsync(user.Email, "Choose a new password", Cancel)).ToString());
        await new ResetPasswordPage(tab).ChooseAsync(New);
        await tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await new SignInPage(tab).SignInAsync(user with { Password = New });

        var step = new SecondStepPage(tab);
        await Expect(step.Code).ToBeVisibleAsync();
        Assert.False(await tab.EvaluateAsync<bool>(PortalHost.IsSignedInScript));
        await step.GiveAsync(app.CodeAt(TimeProvider.System.GetUtcNow()));
        await Expect(tab).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());
    }

    [Fact]
    public async Task A_trusted_browser_is_asked_again_once_the_password_is_another_and_not_before()
    {
        var user = await Host.CreateUserAsync();
        var (app, codes) = await Host.AddSecondFactorAsync(user);
        var tab = await (await NewProfileAsync()).NewPageAsync();
        var (step, page) = (new SecondStepPage(tab), new PasswordPage(tab));
        await SignInAsync();
        await step.Trust.CheckAsync();
        await step.GiveAsync(app.CodeAt(TimeProvider.System.GetUtcNow()));
        await page.IsLiveAsync();
        await SignOutAsync(tab);
        await SignInAsync();
        await page.IsLiveAsync();

        await page.ChangeAsync(user.Password, New);
        await Expect(tab.GetByText("Your password is changed.")).ToBeVisibleAsync();
        await SignOutAsync(tab);
        await (await SignInPage.OpenAsync(tab)).SignInAsync(user with { Password = New });

        await Expect(step.Code).ToBeVisibleAsync();
        Assert.False(await tab.EvaluateAsync<bool>(PortalHost.IsSignedInScript));
        await step.UseRecoveryCode.ClickAsync();
        await step.GiveRecoveryCodeAsync(codes[0]);
        await Expect(tab).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());

        // To a page that tells when it is live: one that is left as its circuit is being made tells the console so.
        async Task SignInAsync()
        {
            await tab.GotoAsync(PortalUrls.SignIn(PortalUrls.PasswordPath));
            await new SignInPage(tab).SignInAsync(user);
        }
    }

    private async Task SignOutAsync(IPage tab)
    {
        await tab.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(tab).ToHaveURLAsync(At(PortalUrls.SignedOut("you")).ToString());
    }
}
