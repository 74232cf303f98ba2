using Microsoft.Playwright;

namespace Portal.BrowserTests.Pages;

/// <summary>The second step of a sign-in, by the app or a recovery code.</summary>
internal sealed class SecondStepPage(IPage tab)
{
    public ILocator Code => tab.GetByLabel("Code", new() { Exact = true });

    public ILocator RecoveryCode => tab.GetByLabel("Recovery code", new() { Exact = true });

    public ILocator Trust => tab.GetByLabel("Trust this browser for 30 days");

    public ILocator UseRecoveryCode => tab.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code" });

    public ILocator UsePasskey => tab.GetByRole(AriaRole.Button, new() { Name = "Use a passkey instead" });

    public ILocator Alert => tab.Alert();

    public async Task GiveAsync(string code)
    {
        await Code.FillAsync(code);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }

    public async Task GiveRecoveryCodeAsync(string code)
    {
        await RecoveryCode.FillAsync(code);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
    }
}
