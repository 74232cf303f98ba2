using Microsoft.Playwright;
using Portal.Testing;

namespace Portal.BrowserTests.Pages;

/// <summary>The sign-in form.</summary>
internal sealed class SignInPage(IPage tab)
{
    public ILocator Login => tab.GetByLabel("Email or username", new() { Exact = true });

    public ILocator Password => tab.GetByLabel("Password", new() { Exact = true });

    public ILocator KeepMeSignedIn => tab.GetByLabel("Keep me signed in", new() { Exact = true });

    public ILocator SignIn => tab.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true });

    public static async Task<SignInPage> OpenAsync(IPage tab)
    {
        await tab.GotoAsync(PortalUrls.SignInPath);
        return new SignInPage(tab);
    }

    public async Task SignInAsync(TestUser user)
    {
        await Login.FillAsync(user.Email);
        await Password.FillAsync(user.Password);
        await SignIn.ClickAsync();
    }
}
