using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts.Administration;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

// What a provider cannot vouch for, and what the portal does not let happen.
public sealed partial class ExternalIdentityTests
{
    [Fact]
    public async Task An_address_that_the_provider_does_not_vouch_for_is_confirmed_by_mail_before_anybody_is_in()
    {
        await StartAsync();
        provider.Person = new ProviderPerson("ben-at-example") { Email = "ben@example.org", IsEmailVerified = false };
        var tab = await (await NewProfileAsync()).NewPageAsync();
        await ContinueAsync(tab);
        await Expect(tab.GetByText("We send a link there, to be sure that it is yours.")).ToBeVisibleAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Check your mail");

        await ContinueAsync(tab);
        await Expect(tab.Alert()).ToContainTextAsync("Your address is not confirmed yet.");
        await Expect(tab.GetByRole(AriaRole.Link, new() { Name = "Send a new confirmation mail" })).ToBeVisibleAsync();
        Assert.False(await tab.EvaluateAsync<bool>(PortalHost.IsSignedInScript));

        await tab.GotoAsync(CaughtMails.LinkOf(await Host.Mails.WaitForAsync("ben@example.org", "Confirm", Cancel)).ToString());
        await tab.GetByRole(AriaRole.Button, new() { Name = "Confirm this address" }).ClickAsync();
        await Expect(tab.Alert()).ToContainTextAsync("Your address is confirmed.");
        await ContinueAsync(tab);
        await Expect(tab).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());
    }

    [Fact]
    public async Task Who_comes_with_an_address_of_a_blocked_domain_is_told_so_and_may_give_another()
    {
        await StartAsync();
        await Host.Services.GetRequiredService<IDomainAdmin>().SetAsync("shady.example", "blocked", Operator.CommandLine, Cancel);
        provider.Person = new ProviderPerson("kim-at-example") { Email = "kim@mail.shady.example", IsEmailVerified = true };
        var tab = await (await NewProfileAsync()).NewPageAsync();

        await ContinueAsync(tab);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Expect(tab.Alert()).ToContainTextAsync("Addresses of this email domain are not accepted here. Use another address.");
        var email = tab.GetByLabel("Email", new() { Exact = true });
        await Expect(email).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.False(await tab.EvaluateAsync<bool>(PortalHost.IsSignedInScript));
        Assert.Null(await Host.Services.GetRequiredService<IUserAdmin>().FindAsync("kim@mail.shady.example", Cancel));

        await email.FillAsync("kim@example.org");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Check your mail");
    }

    [Fact]
    public async Task The_last_way_in_stays_whichever_it_is_and_the_page_says_what_to_have_first()
    {
        await StartAsync();
        provider.Person = new ProviderPerson("ivy-at-example") { Email = "ivy@example.org", IsEmailVerified = true, AuthenticatedAt = TimeProvider.System.GetUtcNow() };
        var profile = await NewProfileAsync();
        var identities = new IdentitiesPage(await profile.NewPageAsync());
        await RegisterAsync(identities.Tab);
        await Expect(identities.Rows).ToContainTextAsync(["Your only way in: it can be unlinked once you have a password, a passkey or another identity."]);
        await Expect(identities.Button("Unlink Example ID")).ToHaveCountAsync(0);

        var (passkeys, _) = await PasskeysPage.OpenAsync(profile);
        await passkeys.AddPasskeyAsync();
        // The other tab hears of it.
        await identities.UnlinkAsync("Example ID");
        await Expect(identities.Tab.GetByText("Example ID is unlinked.")).ToBeVisibleAsync();

        await passkeys.RemoveAsync(Device.Chrome.Words);
        await Expect(passkeys.Alert).ToContainTextAsync("This is the only way into your account. Add another passkey or choose a password first");
        await Expect(passkeys.Passkeys).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task An_identity_of_another_account_stays_there_and_the_page_says_so()
    {
        await StartAsync();
        provider.Person = new ProviderPerson("shared-at-example");
        var owner = await IdentitiesPage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync()));
        await owner.LinkAsync("Example ID");
        var other = await IdentitiesPage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync(), Device.Firefox));

        await other.Button("Link Example ID").ClickAsync();
        await other.Tab.Locator("#go").ClickAsync();

        await Expect(other.Tab.Alert()).ToContainTextAsync("That identity is linked to another account. Unlink it there first");
        await Expect(other.Rows).ToHaveCountAsync(0);
        await Expect(owner.Rows).ToContainTextAsync(["shared-at-example"]);
    }

    [Theory]
    [InlineData("first-at-example", "That identity is linked to your account already. You can sign in with it")]
    [InlineData("second-at-example", "Your account has another identity of this provider. Unlink that one first")]
    public async Task Who_links_one_in_two_tabs_is_told_which_it_has(string second, string words)
    {
        await StartAsync();
        var profile = await SignedInProfileAsync(await Host.CreateUserAsync());
        var (late, quick) = (await IdentitiesPage.OpenAsync(profile), await IdentitiesPage.OpenAsync(profile));
        await late.Button("Link Example ID").ClickAsync();
        await Expect(late.Tab.Locator("#go")).ToBeVisibleAsync();
        provider.Person = new ProviderPerson("first-at-example");
        await quick.LinkAsync("Example ID");

        provider.Person = new ProviderPerson(second);
        await late.Tab.Locator("#go").ClickAsync();

        await Expect(late.Tab.Alert()).ToContainTextAsync(words);
        await Expect(late.Rows).ToContainTextAsync(["first-at-example"]);
    }

    private static async Task ContinueAsync(IPage tab)
    {
        await tab.GotoAsync(PortalUrls.SignInPath);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Continue with Example ID" }).ClickAsync();
        await tab.Locator("#go").ClickAsync();
    }
}
