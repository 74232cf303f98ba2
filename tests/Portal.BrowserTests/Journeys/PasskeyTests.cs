using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed partial class PasskeyTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const string Name = "Chrome on Linux";
    private const string OffersNothing = "if (globalThis.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false;";

    [Fact]
    [Trait("ASVS", "6.5.6")]
    public async Task One_is_added_renamed_used_and_removed()
    {
        var user = await Host.CreateUserAsync();
        var (page, device) = await PasskeysPage.OpenAsync(await SignedInProfileAsync(user, Device.Chrome));

        await page.AddPasskeyAsync();
        await Expect(page.Passkeys).ToContainTextAsync("not used yet · on one device only");
        await Host.Mails.WaitForAsync(user.Email, "A passkey was added", Cancel);

        await page.Tab.GetByRole(AriaRole.Button, new() { Name = $"Rename {Name}", Exact = true }).ClickAsync();
        await page.Tab.GetByLabel($"New name of {Name}").FillAsync("Blue key");
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.Passkeys.GetByText("Blue key", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.Tab.GetByRole(AriaRole.Button, new() { Name = "Rename Blue key", Exact = true })).ToBeFocusedAsync();

        // Offered in the field as well, it would be taken by whichever came first.
        await page.Tab.AddInitScriptAsync(OffersNothing);
        await page.Tab.Context.ClearCookiesAsync();
        await page.Tab.GotoAsync(PortalUrls.SignInPath);
        await Button(page.Tab).ClickAsync();
        await Expect(page.Tab).ToHaveURLAsync(Account());

        await page.Tab.GotoAsync(PortalUrls.SecurityPath);
        await page.IsLiveAsync();
        await Expect(page.Passkeys).ToContainTextAsync("last used");
        await page.RemoveAsync("Blue key");
        await Expect(page.Said).ToContainTextAsync("Blue key is removed.");
        await Expect(page.Passkeys).ToHaveCountAsync(0);
        await Host.Mails.WaitForAsync(user.Email, "A passkey was removed", Cancel);
    }

    [Fact]
    public async Task What_the_browser_offers_signs_in_and_comes_back_to_where_it_was_asked_for()
    {
        var (page, _, _) = await OwnerAsync();
        await page.Tab.Context.ClearCookiesAsync();

        // Chromium's imitation chooses what a person would choose from the list of names; it may be faster than the page.
        await page.Tab.GotoAsync(PortalUrls.SignIn(PortalUrls.SessionsPath), new() { WaitUntil = WaitUntilState.Commit });

        await Expect(page.Tab).ToHaveURLAsync(new Regex("/account/sessions$"));
    }

    [Fact]
    public async Task Nothing_is_asked_before_somebody_chooses_and_the_password_works_meanwhile()
    {
        var (page, device, user) = await OwnerAsync();
        await SignOutAsync(page.Tab, device);

        await Expect(page.Tab.GetByLabel("Email or username")).ToHaveAttributeAsync("autocomplete", "username webauthn");
        await new SignInPage(page.Tab).SignInAsync(user);

        await Expect(page.Tab).ToHaveURLAsync(Account());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_cancels_is_told_and_may_press_again_or_choose_in_the_field(bool presses)
    {
        var (page, device, _) = await OwnerAsync();
        await SignOutAsync(page.Tab, device);
        await device.RecogniseAsync(false);
        await device.SayYesAsync(true);
        // The button's question passes; the field's, which follows, waits for the test.
        var (asked, goOn) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        var questions = 0;
        await page.Tab.RouteAsync($"**{PortalUrls.PasskeySignInPath}", async route =>
        {
            if (++questions == 2)
            {
                asked.TrySetResult();
                await goOn.Task;
            }

            await route.ContinueAsync();
        });

        await Button(page.Tab).ClickAsync();
        await Expect(page.Tab.Locator("[data-says]")).ToContainTextAsync("That was cancelled, or took too long.");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(15), Cancel);
        await device.RecogniseAsync(true);
        if (presses)
        {
            await Button(page.Tab).ClickAsync();
        }
        else
        {
            goOn.SetResult();
        }

        await Expect(page.Tab).ToHaveURLAsync(Account());
        goOn.TrySetResult();
    }

    [Fact]
    public async Task Who_cancels_adds_none_and_a_device_that_has_one_makes_no_second()
    {
        var (page, device, _) = await OwnerAsync();

        await page.Add.ClickAsync();
        await Expect(page.Alert).ToContainTextAsync("has one for your account already");

        await device.RecogniseAsync(false);
        var (other, second) = await PasskeysPage.OpenAsync(page.Tab.Context);
        await second.RecogniseAsync(false);
        await other.Add.ClickAsync();
        await Expect(other.Alert).ToContainTextAsync("No passkey was added: that was cancelled");
        await Expect(other.Passkeys).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task One_that_was_removed_elsewhere_leaves_the_open_page_signs_in_no_more_and_does_not_come_again_and_again()
    {
        var (page, device, _) = await OwnerAsync();
        var thief = await (await NewProfileAsync()).NewPageAsync();
        var copy = await Authenticator.AttachAsync(thief);
        await device.CopyToAsync(copy);
        var (other, _) = await PasskeysPage.OpenAsync(page.Tab.Context);

        await page.RemoveAsync(Name);
        await Expect(other.Passkeys).ToHaveCountAsync(0);

        await thief.GotoAsync(PortalUrls.SignInPath, new() { WaitUntil = WaitUntilState.Commit });
        await Expect(thief.Alert()).ToContainTextAsync("does not belong to an account here");
        await Expect(Button(thief)).ToBeVisibleAsync();
        await Expect(thief).ToHaveURLAsync(new Regex("/login$"));
        Assert.Equal("false", await thief.Locator("form[data-passkey-sign-in]").GetAttributeAsync("data-offer"));
    }

    [Fact]
    public async Task Where_the_address_is_another_it_is_told()
    {
        var tab = await (await NewProfileAsync()).NewPageAsync();
        await Authenticator.AttachAsync(tab);
        await tab.GotoAsync(new UriBuilder(At(PortalUrls.SignInPath)) { Host = "127.0.0.1" }.ToString());

        await Button(tab).ClickAsync();

        await Expect(tab.Locator("[data-says]")).ToContainTextAsync("Passkeys do not work at this address.");
    }

    [Fact]
    [Trait("ASVS", "7.2.4")]
    [Trait("ASVS", "7.5.1")]
    public async Task A_passkey_proves_who_is_there_in_place_and_what_was_typed_stays()
    {
        var (page, device, user) = await OwnerAsync();
        await AgeAsync(user);
        await page.Tab.GotoAsync(PortalUrls.EmailPath);
        var email = new EmailPage(page.Tab);
        await email.IsLiveAsync();
        var wish = $"wish-{Guid.CreateVersion7():N}@example.org";

        await email.AskAsync(wish);
        var dialog = page.Tab.GetByRole(AriaRole.Dialog);
        await device.RecogniseAsync(false);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("That was cancelled");
        await Expect(email.New).ToHaveValueAsync(wish);

        await device.RecogniseAsync(true);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Expect(email.Said).ToContainTextAsync($"Waiting for {wish} to be confirmed.");
    }

    private static ILocator Button(IPage tab) => tab.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" });

    [GeneratedRegex("/account$")]
    private static partial Regex Account();

    /// <summary>Opens the sign-in page as nobody, with a device that waits for its person.</summary>
    private async Task SignOutAsync(IPage tab, Authenticator device)
    {
        await device.SayYesAsync(false);
        await tab.Context.ClearCookiesAsync();
        await tab.GotoAsync(PortalUrls.SignInPath);
        await Expect(Button(tab)).ToBeVisibleAsync();
    }

    /// <summary>Somebody new, at their security page, with a passkey.</summary>
    /// <param name="script">What runs in each of their pages first; null for nothing.</param>
    private async Task<(PasskeysPage Page, Authenticator Device, TestUser User)> OwnerAsync(string? script = null)
    {
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user, Device.Chrome);
        await profile.AddInitScriptAsync($"if (globalThis.PublicKeyCredential) {{ {script} }}");
        var (page, device) = await PasskeysPage.OpenAsync(profile);
        await page.AddPasskeyAsync();
        return (page, device, user);
    }
}
