using Microsoft.Playwright;

namespace Portal.BrowserTests.Pages;

/// <summary>The form that makes an account.</summary>
internal sealed class RegisterPage(IPage tab)
{
    public ILocator Email => tab.GetByLabel("Email", new() { Exact = true });

    public ILocator UserName => tab.GetByLabel("Username (optional)", new() { Exact = true });

    public ILocator Password => tab.GetByLabel("Password", new() { Exact = true });

    public ILocator ConfirmPassword => tab.GetByLabel("Confirm password", new() { Exact = true });

    public ILocator CreateAccount => tab.GetByRole(AriaRole.Button, new() { Name = "Create account", Exact = true });

    public ILocator Errors => tab.Alert();

    public static async Task<RegisterPage> OpenAsync(IPage tab)
    {
        await tab.GotoAsync(PortalUrls.RegisterPath);
        return new RegisterPage(tab);
    }

    public async Task FillAsync(string email, string userName, string password)
    {
        await Email.FillAsync(email);
        await UserName.FillAsync(userName);
        await Password.FillAsync(password);
        await ConfirmPassword.FillAsync(password);
    }
}
