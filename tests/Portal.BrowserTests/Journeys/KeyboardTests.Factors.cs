using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

// Address, second factor and codes.
public sealed partial class KeyboardTests
{
    [Fact]
    public async Task The_keyboard_alone_changes_the_address()
    {
        var user = await Host.CreateUserAsync();
        await OpenAsync(await SignedInProfileAsync(user), PortalUrls.EmailPath);
        var page = new EmailPage(_tab);
        await page.IsLiveAsync();
        await AgeAsync(user);

        await _keys.TypeAsync("New email address", _address);
        await _keys.PressAsync("Enter");
        await Expect(Dialog.GetByLabel("Password", new() { Exact = true })).ToBeFocusedAsync();
        await _tab.Keyboard.TypeAsync(user.Password);
        await _keys.PressAsync("Enter");
        await Expect(page.Said).ToContainTextAsync($"Waiting for {_address} to be confirmed.");
        await Expect(Dialog).ToHaveCountAsync(0);
        await Expect(page.New.Or(page.Send).And(Focused)).ToHaveCountAsync(1);

        await _tab.GotoAsync(CaughtMails.LinkOf(await Host.Mails.WaitForAsync(_address, "Confirm", Cancel)).ToString());
        await _keys.ReachAsync(AriaRole.Button, "Confirm this address");
        await _keys.PressAsync("Space");
        await Expect(_tab.Alert()).ToContainTextAsync("Your address is changed.");
        await _keys.EnterAsync(AriaRole.Link, "Go to your account");
        await Expect(new OverviewPage(_tab).Hello).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_keyboard_alone_sets_the_app_up_keeps_the_codes_and_signs_in_with_both()
    {
        await StartPortalAsync(options => options.UseRealClock = false);
        var user = await Host.CreateUserAsync();
        await OpenAsync(await SignedInProfileAsync(user), PortalUrls.SecurityPath);
        var page = new SecurityPage(_tab);
        await SetUpAsync(page, "Cancel");
        await Expect(page.SetUp).ToBeVisibleAsync();
        await Expect(Heading("Authenticator app")).ToBeFocusedAsync();

        await SetUpAsync(page);
        var app = await page.CopyKeyAsync();
        await _keys.TypeAsync("Code", app.CodeAt(Host.Clock.GetUtcNow()));
        await _keys.PressAsync("Enter");
        var codes = await KeepCodesAsync(page);

        await OpenAsync(await NewProfileAsync(Device.Edge), PortalUrls.SignInPath);
        await SignInByKeysAsync(user);
        Host.Clock.Advance(TimeSpan.FromSeconds(30));
        await _keys.TypeAsync("Code", app.CodeAt(Host.Clock.GetUtcNow()));
        await _keys.ReachAsync(AriaRole.Checkbox, "Trust this browser for 30 days");
        await _keys.PressAsync("Space");
        await _keys.EnterAsync(AriaRole.Button, "Sign in");
        await Expect(new OverviewPage(_tab).Hello).ToBeVisibleAsync();

        await OpenAsync(await NewProfileAsync(Device.Safari), PortalUrls.SignInPath);
        await SignInByKeysAsync(user);
        await _keys.EnterAsync(AriaRole.Link, "Use a recovery code");
        await _keys.TypeAsync("Recovery code", codes[0]);
        await _keys.PressAsync("Enter");
        await Expect(new OverviewPage(_tab).Hello).ToBeVisibleAsync();
    }

    private async Task OpenAsync(IBrowserContext profile, string path)
    {
        _tab = await profile.NewPageAsync();
        _keys = new Keyboard(_tab);
        await _tab.GotoAsync(path);
    }

    private async Task SetUpAsync(SecurityPage page, string? andThen = null)
    {
        await _keys.EnterAsync(AriaRole.Button, "Set up an authenticator app");
        await Expect(page.Picture).ToBeVisibleAsync();
        // What was pressed is gone.
        await Expect(Heading("Authenticator app")).ToBeFocusedAsync();
        if (andThen is not null)
        {
            await _keys.EnterAsync(AriaRole.Button, andThen);
        }
    }

    /// <summary>Reads the codes, takes them along on paper and as a file, and puts them away.</summary>
    private async Task<IReadOnlyList<string>> KeepCodesAsync(SecurityPage page)
    {
        await Expect(Heading("Your recovery codes")).ToBeFocusedAsync();
        await Expect(page.Codes).ToHaveCountAsync(10);
        await Expect(page.Codes.Last).ToBeInViewportAsync();
        var codes = await page.Codes.AllInnerTextsAsync();

        await _keys.ReachAsync(AriaRole.Link, "Download");
        await _tab.RunAndWaitForDownloadAsync(() => _keys.PressAsync("Enter"));
        await _tab.EvaluateAsync("() => { window.print = () => { window.printed = true; }; }");
        await _keys.EnterAsync(AriaRole.Button, "Print");
        await _tab.WaitForFunctionAsync("() => window.printed");
        await _keys.EnterAsync(AriaRole.Button, "I have kept them");
        await Expect(page.Codes).ToHaveCountAsync(0);
        await Expect(Heading("Authenticator app")).ToBeFocusedAsync();
        return codes;
    }

    private async Task SignInByKeysAsync(TestUser user)
    {
        await _keys.TypeAsync("Email or username", user.Email);
        await _keys.TypeAsync("Password", user.Password);
        await _keys.PressAsync("Enter");
        await Expect(new SecondStepPage(_tab).Code).ToBeVisibleAsync();
    }

    private ILocator Heading(string words) => _tab.GetByRole(AriaRole.Heading, new() { Name = words });
}
