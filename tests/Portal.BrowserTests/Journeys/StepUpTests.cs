using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>Somebody with an authenticator app who is asked in place whether it is they.</summary>
[Trait("ASVS", "7.5.1")]
public sealed class StepUpTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    public async Task A_code_proves_it_and_neither_it_nor_a_wrong_one_takes_what_was_typed()
    {
        var (user, app, _) = await OwnerAsync();
        var page = await EmailPage.OpenAsync(await SignedInProfileAsync(user));
        await AgeAsync(user);
        var wish = $"wish-{Guid.CreateVersion7():N}@example.org";

        await page.AskAsync(wish);
        var dialog = page.Tab.GetByRole(AriaRole.Dialog, new() { Name = "Is it you?" });
        // The password alone began this session.
        await Expect(dialog.GetByLabel("Password", new() { Exact = true })).ToHaveCountAsync(0);
        await FailAsync(dialog, app);
        await Expect(page.New).ToHaveValueAsync(wish);

        await ConfirmAsync(dialog, app.CodeAt(TimeProvider.System.GetUtcNow()));
        await Expect(page.Said).ToContainTextAsync($"Waiting for {wish} to be confirmed.");
        await Host.Mails.WaitForAsync(wish, "Confirm", Cancel);
    }

    [Fact]
    public async Task Who_is_asked_and_cancels_finds_what_was_typed_and_may_prove_it_on_paper()
    {
        var (user, _, codes) = await OwnerAsync();
        var profile = await SignedInProfileAsync(user);
        var page = await EmailPage.OpenAsync(profile);
        await AgeAsync(user);
        var wish = $"wish-{Guid.CreateVersion7():N}@example.org";
        var dialog = page.Tab.GetByRole(AriaRole.Dialog, new() { Name = "Is it you?" });

        await page.AskAsync(wish);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.New).ToHaveValueAsync(wish);
        await page.Send.ClickAsync();
        await ConfirmAsync(dialog, codes[4]);

        await Expect(page.Said).ToContainTextAsync($"Waiting for {wish} to be confirmed.");
        var sessions = await SessionsPage.OpenAsync(profile);
        await sessions.Current.GetByText("Details").ClickAsync();
        await Expect(sessions.Current).ToContainTextAsync("by password and recovery code");
    }

    [Fact]
    public async Task The_app_is_removed_after_its_code_and_signing_in_asks_for_none_any_more()
    {
        var (user, app, _) = await OwnerAsync();
        var page = await SecurityPage.OpenAsync(await SignedInProfileAsync(user));
        await AgeAsync(user);

        await page.Button("Remove the app").ClickAsync();
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Remove the app" }).ClickAsync();
        var dialog = page.Tab.GetByRole(AriaRole.Dialog, new() { Name = "Is it you?" });
        await FailAsync(dialog, app);
        await ConfirmAsync(dialog, app.CodeAt(TimeProvider.System.GetUtcNow()));

        await Expect(page.Tab.GetByText("The app is removed.")).ToBeVisibleAsync();
        await Expect(page.SetUp).ToBeEnabledAsync();
        await Host.Mails.WaitForAsync(user.Email, "Authenticator app removed", Cancel);
        var tab = await (await NewProfileAsync(Device.Edge)).NewPageAsync();
        await (await SignInPage.OpenAsync(tab)).SignInAsync(user);
        await Expect(tab).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());
    }

    /// <summary>Gives a code that is none. The browser complains of the answer.</summary>
    private async Task FailAsync(ILocator dialog, TestAuthenticator app)
    {
        Tolerate("status of 400");
        await ConfirmAsync(dialog, WrongCode(app));
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("This code is wrong");
    }

    private static async Task ConfirmAsync(ILocator dialog, string code)
    {
        await dialog.GetByLabel("Code", new() { Exact = true }).FillAsync(code);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
    }

    /// <summary>Six digits that are neither this moment's nor that of one just over or just to come.</summary>
    private static string WrongCode(TestAuthenticator app)
    {
        var now = TimeProvider.System.GetUtcNow();
        var right = Enumerable.Range(-2, 5).Select(step => app.CodeAt(now.AddSeconds(30 * step))).ToHashSet();
        return Enumerable.Range(0, 6).Select(digit => new string((char)('0' + digit), 6)).First(code => !right.Contains(code));
    }

    private async Task<(TestUser User, TestAuthenticator App, IReadOnlyList<string> Codes)> OwnerAsync()
    {
        var user = await Host.CreateUserAsync();
        var (app, codes) = await Host.AddSecondFactorAsync(user);
        return (user, app, codes);
    }
}
