using Microsoft.Playwright;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

// What there is to see of providers, on the portal that has two. They know one person at a time.
public abstract partial class PageVisits
{
    private async Task<IPage> ProvidersAsync(Action<BrowserNewContextOptions>? configure, string path)
    {
        await GoWhereProvidersAreAsync();
        return await GoAsync(path, configure);
    }

    private async Task<IPage> RegisterExternalAsync(Action<BrowserNewContextOptions>? configure, bool hasAccount)
    {
        var provider = await GoWhereProvidersAreAsync();
        var email = hasAccount ? (await Host.CreateUserAsync()).Email : "ada@example.org";
        provider.Person = NewPerson() with { Email = email, IsEmailVerified = true };
        var tab = await GoAsync(PortalUrls.SignInPath, configure);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Continue with Example ID" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(hasAccount ? "You have an account here" : "Create your account");
        return tab;
    }

    private async Task<IPage> OwnIdentitiesAsync(Action<BrowserNewContextOptions>? configure, string path, bool isAsked = false)
    {
        var provider = await GoWhereProvidersAreAsync();
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user, configure: configure);
        await SignInAsync(await NewProfileAsync(Device.Firefox), user, Device.Firefox);
        provider.Person = NewPerson();
        var tab = await profile.NewPageAsync();
        await tab.GotoAsync(PortalUrls.IdentitiesPath);
        await tab.GetByRole(AriaRole.Checkbox, new() { Name = "Sign out everywhere else" }).UncheckAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Link Example ID" }).ClickAsync();
        await Expect(tab.GetByText("Example ID is linked.")).ToBeVisibleAsync();
        await tab.GotoAsync(path);
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Unlink Example ID" })).ToBeEnabledAsync();
        if (isAsked)
        {
            await tab.GetByRole(AriaRole.Button, new() { Name = "Unlink Example ID" }).ClickAsync();
            await Expect(tab.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        }

        return tab;
    }

    private static ProviderPerson NewPerson() => new($"ada-{Guid.CreateVersion7():N}");
}
