using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class PrivacyTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    [Trait("ASVS", "7.4.2")]
    [Trait("ASVS", "7.5.3")]
    public async Task Deleting_the_account_sends_every_browser_away_at_once_and_a_last_mail_confirms_it()
    {
        var user = await Host.CreateUserAsync();
        var firefox = await OpenSessionsAsync(user, Device.Firefox);
        var chrome = await PrivacyPage.OpenAsync(await SignedInProfileAsync(user, Device.Chrome));
        await AgeAsync(user);

        await chrome.Email.FillAsync(user.Email);
        await chrome.Delete.ClickAsync();
        var dialog = chrome.Tab.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete my account" }).ClickAsync();
        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync(user.Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();

        await firefox.LeftBecauseAsync("deleted", "This account was deleted.");
        await Expect(chrome.Tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your account is deleted");
        await Host.Mails.WaitForAsync(user.Email, "was deleted", Cancel);

        var signIn = await SignInPage.OpenAsync(chrome.Tab);
        await signIn.SignInAsync(user);
        await Expect(chrome.Tab.Alert()).ToContainTextAsync("do not match an account");
    }

    [Fact]
    public async Task A_no_at_either_question_keeps_the_account_and_what_was_typed()
    {
        var user = await Host.CreateUserAsync();
        var chrome = await PrivacyPage.OpenAsync(await SignedInProfileAsync(user, Device.Chrome));
        await AgeAsync(user);
        var dialog = chrome.Tab.GetByRole(AriaRole.Dialog);
        var no = dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" });
        await chrome.Email.FillAsync(user.Email);

        await chrome.Delete.ClickAsync();
        await no.ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await chrome.Delete.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete my account" }).ClickAsync();
        await Expect(dialog.GetByLabel("Password", new() { Exact = true })).ToBeVisibleAsync();
        await no.ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(chrome.Email).ToHaveValueAsync(user.Email);
        await chrome.Tab.ReloadAsync();
        await Expect(chrome.Delete).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_last_administrator_is_told_what_to_do_first()
    {
        await StartPortalAsync();
        var user = await Host.CreateUserAsync(roles: "admin");
        var chrome = await PrivacyPage.OpenAsync(await SignedInProfileAsync(user, Device.Chrome));

        await chrome.Email.FillAsync(user.Email);
        await chrome.Delete.ClickAsync();
        await chrome.Tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete my account" }).ClickAsync();

        await Expect(chrome.Tab.Alert()).ToContainTextAsync("Give another person the role admin first");
    }

    [Fact]
    public async Task The_export_is_saved_by_the_browser_and_the_page_stays_open()
    {
        var user = await Host.CreateUserAsync();
        var chrome = await PrivacyPage.OpenAsync(await SignedInProfileAsync(user, Device.Chrome));
        await chrome.Email.FillAsync("half typed");
        await AgeAsync(user);

        await chrome.Export.ClickAsync();
        var dialog = chrome.Tab.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync(user.Password);
        var file = await chrome.Tab.RunAndWaitForDownloadAsync(() => dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync());

        Assert.Matches(@"^my-account-\d{4}-\d{2}-\d{2}\.json$", file.SuggestedFilename);
        await using var content = await file.CreateReadStreamAsync();
        var document = (await JsonNode.ParseAsync(content, cancellationToken: Cancel))!;
        Assert.Equal(user.Email, (string?)document["account"]!["email"]);
        await Expect(chrome.Tab.GetByText("Your file is on its way")).ToBeVisibleAsync();
        await Expect(chrome.Email).ToHaveValueAsync("half typed");
        // The circuit is the same: it still answers.
        await chrome.Delete.ClickAsync();
        await Expect(chrome.Tab.Alert()).ToContainTextAsync("This is not your account's address.");
    }
}
