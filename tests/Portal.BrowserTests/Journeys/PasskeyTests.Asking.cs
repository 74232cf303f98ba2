using System.Text.Json;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>What the pages ask the browser for, and what they tell it.</summary>
public sealed partial class PasskeyTests
{
    private const string Listens =
        """
        window.asked = [];
        for (const way of ["get", "create"]) {
          const ask = navigator.credentials[way].bind(navigator.credentials);
          navigator.credentials[way] = options => {
            asked.push(options.mediation ?? "at once");
            return ask(options);
          };
        }
        """;

    private const string Hears =
        """
        window.told = [];
        for (const name of ["signalAllAcceptedCredentials", "signalCurrentUserDetails", "signalUnknownCredential"]) {
          const tell = PublicKeyCredential[name].bind(PublicKeyCredential);
          PublicKeyCredential[name] = options => tell(options).then(() => { told.push({ name, ...options }); });
        }
        """;

    [Fact]
    public async Task A_page_that_opens_asks_for_none_but_offers_them_in_the_field()
    {
        var (page, device, user) = await OwnerAsync();
        await Host.AddSecondFactorAsync(user);
        await page.Tab.AddInitScriptAsync(Listens);
        await SignOutAsync(page.Tab, device);
        await HasAskedAsync(page.Tab, "conditional");
        await Button(page.Tab).ClickAsync();
        await HasAskedAsync(page.Tab, "conditional", "at once");

        await new SignInPage(page.Tab).SignInAsync(user);
        await Expect(Instead(page.Tab)).ToBeVisibleAsync();
        await HasAskedAsync(page.Tab);
        await device.SayYesAsync(true);
        await Instead(page.Tab).ClickAsync();
        await Expect(page.Tab).ToHaveURLAsync(Account());

        await page.Tab.GotoAsync(PortalUrls.SecurityPath);
        await page.IsLiveAsync();
        await HasAskedAsync(page.Tab);
    }

    [Fact]
    public async Task A_password_manager_is_told_what_was_removed_and_forgets_it()
    {
        var (page, device, _) = await OwnerAsync(Hears);
        Assert.Equal(1, await device.CountAsync());
        await page.Tab.EvaluateAsync("() => { told.length = 0; }");

        await page.RemoveAsync(Name);

        var told = await ToldAsync(page.Tab, "signalAllAcceptedCredentials");
        Assert.Equal(("localhost", 0), (told.GetProperty("rpId").GetString(), told.GetProperty("allAcceptedCredentialIds").GetArrayLength()));
        Assert.Equal(0, await device.CountAsync());
    }

    [Fact]
    public async Task A_password_manager_that_offers_what_nobody_has_is_told_so_and_forgets_it()
    {
        var (page, device, user) = await OwnerAsync(Hears);
        await RemoveAllAsync(user.Id);
        await page.Tab.Context.ClearCookiesAsync();

        await page.Tab.GotoAsync(PortalUrls.SignInPath, new() { WaitUntil = WaitUntilState.Commit });

        var told = await ToldAsync(page.Tab, "signalUnknownCredential");
        Assert.Equal("localhost", told.GetProperty("rpId").GetString());
        await Expect(page.Tab.Alert()).ToContainTextAsync("does not belong to an account here");
        Assert.Equal(0, await device.CountAsync());
    }

    [Fact]
    public async Task Where_the_browser_cannot_tell_its_password_manager_one_is_removed_all_the_same()
    {
        var (page, _, _) = await OwnerAsync("for (const name of Object.getOwnPropertyNames(PublicKeyCredential)) if (name.startsWith('signal')) delete PublicKeyCredential[name];");

        await page.RemoveAsync(Name);

        await Expect(page.Said).ToContainTextAsync($"{Name} is removed.");
        await Expect(page.Alert).ToHaveCountAsync(0);
    }

    private static async Task HasAskedAsync(IPage tab, params string[] ways)
    {
        await tab.WaitForFunctionAsync("count => asked.length >= count", ways.Length);
        Assert.Equal(ways, await tab.EvaluateAsync<string[]>("() => asked"));
    }

    private static async Task<JsonElement> ToldAsync(IPage tab, string name)
    {
        await tab.WaitForFunctionAsync("name => told.some(one => one.name === name)", name);
        return await tab.EvaluateAsync<JsonElement>("name => told.find(one => one.name === name)", name);
    }
}
