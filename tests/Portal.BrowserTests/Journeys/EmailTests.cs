using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class EmailTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const string New = "Confirm your new email address";
    private const string Asked = "A new email address";
    private const string Changed = "was changed";

    [Fact]
    [Trait("ASVS", "7.5.1")]
    public async Task The_address_changes_by_the_password_the_mail_and_a_click_and_the_open_page_shows_it()
    {
        var user = await Host.CreateUserAsync();
        var wish = NewAddress();
        var chrome = await EmailPage.OpenAsync(await SignedInProfileAsync(user, Device.Chrome));
        await AgeAsync(user);

        await chrome.AskAsync(wish);
        await ProveAsync(chrome.Tab, "not the right password");
        await Expect(chrome.Tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await Expect(chrome.New).ToHaveValueAsync(wish);
        await ProveAsync(chrome.Tab, user.Password);
        await Expect(chrome.Said).ToContainTextAsync($"Waiting for {wish} to be confirmed.");
        await Expect(chrome.Tab.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(chrome.New).ToHaveValueAsync("");

        // The mail is read on another device, where nobody is signed in.
        await Host.Mails.WaitForAsync(user.Email, Asked, Cancel);
        var phone = await (await NewProfileAsync(Device.Phone)).NewPageAsync();
        await phone.GotoAsync(CaughtMails.LinkOf(await Host.Mails.WaitForAsync(wish, New, Cancel)).ToString());
        await phone.GetByRole(AriaRole.Button, new() { Name = "Confirm this address" }).ClickAsync();
        await Expect(phone.Alert()).ToContainTextAsync($"The account's address is {wish} now.");

        await Expect(chrome.Said).ToContainTextAsync($"Your address is {wish} now.");
        await Expect(chrome.Cancel).ToHaveCountAsync(0);
        await Host.Mails.WaitForAsync(user.Email, Changed, Cancel);
        await Host.Mails.WaitForAsync(wish, Changed, Cancel);
        await phone.GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        await new SignInPage(phone).SignInAsync(user with { Email = wish });
        await Expect(phone).ToHaveURLAsync(new Regex("/account$"));
    }

    [Fact]
    public async Task The_present_address_stops_the_change_and_the_open_page_shows_it()
    {
        var user = await Host.CreateUserAsync();
        var wish = NewAddress();
        var chrome = await EmailPage.OpenAsync(await SignedInProfileAsync(user, Device.Chrome));
        await chrome.AskAsync(wish);
        await Expect(chrome.Said).ToContainTextAsync("Waiting for");

        var phone = await (await NewProfileAsync(Device.Phone)).NewPageAsync();
        await phone.GotoAsync(CaughtMails.LinkOf(await Host.Mails.WaitForAsync(user.Email, Asked, Cancel)).ToString());
        await phone.GetByRole(AriaRole.Button, new() { Name = "Stop the change" }).ClickAsync();
        await Expect(phone.Alert()).ToContainTextAsync("change your password now");

        await Expect(chrome.Said).Not.ToContainTextAsync("Waiting for");
        await phone.GotoAsync(CaughtMails.LinkOf(await Host.Mails.WaitForAsync(wish, New, Cancel)).ToString());
        await Expect(phone.Alert()).ToContainTextAsync("This link is of no use any more.");
    }

    [Fact]
    public async Task The_overview_tells_of_the_change_as_long_as_it_waits()
    {
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user, Device.Chrome);
        var email = await EmailPage.OpenAsync(profile);
        var overview = await OverviewPage.OpenAsync(profile);
        var wish = NewAddress();

        await email.AskAsync(wish);
        await Expect(overview.Missing.Filter(new() { HasText = $"{wish} waits to be confirmed." })).ToBeVisibleAsync();

        await email.Cancel.ClickAsync();
        await Expect(email.Said).ToContainTextAsync("The change is called off.");
        await Expect(overview.Missing.Filter(new() { HasText = wish })).ToHaveCountAsync(0);
    }

    private static string NewAddress() => $"wish-{Guid.CreateVersion7():N}@example.org";

    private async Task ProveAsync(IPage tab, string password)
    {
        Tolerate("status of 400");
        var dialog = tab.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
    }
}
