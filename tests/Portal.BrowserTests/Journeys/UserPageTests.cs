using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>What an administrator does with one person, on that person's page.</summary>
public sealed partial class UserPageTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private IUserAdmin Users => Host.Services.GetRequiredService<IUserAdmin>();

    [Fact]
    [Trait("ASVS", "7.4.2")]
    public async Task Deactivating_names_the_person_and_takes_their_open_page_away()
    {
        var user = await Host.CreateUserAsync();
        var theirs = await OpenSessionsAsync(user, Device.Firefox);
        var tab = await OpenAsync(await AdminAsync(), user, "moderation");

        await tab.GetByRole(AriaRole.Button, new() { Name = $"Deactivate {user.Email}" }).ClickAsync();
        var question = tab.GetByRole(AriaRole.Dialog);
        await Expect(question).ToContainTextAsync($"Deactivate {user.Email}?");
        await Expect(question.GetByRole(AriaRole.Button, new() { Name = "Deactivate" })).ToBeVisibleAsync();
        await question.GetByLabel("Reason (optional)").FillAsync("left the institute");
        await question.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();

        await theirs.LeftBecauseAsync("deactivated", "This account was deactivated.");
        await Expect(tab.GetByText("Deactivated: may not sign in.")).ToBeVisibleAsync();
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = $"Activate {user.Email}" })).ToBeVisibleAsync();
        await tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Security events" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.List, new() { Name = "Security events" })).ToContainTextAsync("Reason: left the institute");
    }

    [Fact]
    public async Task Blocking_asks_why_and_for_the_password_when_that_is_long_ago()
    {
        var (admin, user) = (await AdminAsync(), await Host.CreateUserAsync());
        var tab = await OpenAsync(admin, user, "moderation");
        await AgeAsync(admin);

        await tab.GetByRole(AriaRole.Button, new() { Name = $"Block {user.Email}" }).ClickAsync();
        var dialog = tab.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Block" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Say why.");
        await dialog.GetByLabel("Reason", new() { Exact = true }).FillAsync("misuse");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Block" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("Is it you?");
        await dialog.GetByLabel("Password").FillAsync(admin.Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();

        await Expect(tab.GetByText("Blocked: may not sign in.")).ToBeVisibleAsync();
        Assert.NotNull((await Users.FindAsync(user.Email, Cancel))!.BlockedAt);
    }

    [Fact]
    public async Task Who_saves_second_sees_both_values_and_chooses_for_each_field()
    {
        var user = await Host.CreateUserAsync();
        var tab = await OpenAsync(await AdminAsync(), user, "profile");
        await tab.GetByLabel("Full name").FillAsync("Mine");
        await tab.GetByLabel("Affiliations").FillAsync("My place");
        await Circuit.HasHeardAsync(tab);

        await Users.EditAsync(
            user.Email, new UserEdit(new Dictionary<string, string?> { ["profile.full_name"] = "Theirs", ["profile.affiliations"] = "Their place" }), Operator.CommandLine, Cancel);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();

        var dialog = tab.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Group, new() { Name = "Full name" }).GetByLabel("Yours: “Mine”").CheckAsync();
        await Expect(dialog.GetByRole(AriaRole.Group, new() { Name = "Affiliations" }).GetByLabel("There now: “Their place”")).ToBeCheckedAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save these" }).ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(tab.GetByLabel("Full name")).ToHaveValueAsync("Mine");
        await Expect(tab.GetByLabel("Affiliations")).ToHaveValueAsync("Their place");
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Discard changes" })).ToHaveCountAsync(0);
        var now = (await Users.DetailsAsync(user.Email, Cancel))!.Values;
        Assert.Equal(("Mine", "Their place"), (now["profile.full_name"], now["profile.affiliations"]));
    }

    [Fact]
    public async Task Deleting_has_the_address_typed_and_tells_who_else_looks_at_the_page()
    {
        var user = await Host.CreateUserAsync();
        var (tab, other) = (await OpenAsync(await AdminAsync(), user, "moderation"), await OpenAsync(await AdminAsync(), user, "profile"));

        await tab.GetByRole(AriaRole.Button, new() { Name = $"Delete {user.Email}" }).ClickAsync();
        var dialog = tab.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason", new() { Exact = true }).FillAsync("asked for it");
        await dialog.GetByLabel("Type their email address").FillAsync("somebody@example.org");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("This is not their address.");
        await dialog.GetByLabel("Type their email address").FillAsync(user.Email);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();

        await Expect(tab.Alert()).ToContainTextAsync("This account is gone.");
        await Expect(other.Alert()).ToContainTextAsync("This account is gone.");
        Assert.Null(await Users.FindAsync($"{user.Id}", Cancel));
    }

    [Fact]
    public async Task Sessions_roles_and_the_link_for_a_password_are_a_click_away()
    {
        var (admin, user) = (await AdminAsync(), await Host.CreateUserAsync());
        var theirs = await OpenSessionsAsync(user, Device.Firefox);
        var tab = await OpenAsync(admin, user, "sessions");

        await tab.GetByRole(AriaRole.Button, new() { Name = "End Firefox on Linux" }).ClickAsync();
        await theirs.LeftBecauseAsync("administrator", "administrator");
        await Expect(tab.GetByText("They are signed in nowhere.")).ToBeVisibleAsync();

        await tab.GetByRole(AriaRole.Link, new() { Name = "Sign-in methods" }).ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = "Send reset mail" }).ClickAsync();
        await tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send mail" }).ClickAsync();
        Assert.Contains("/reset-password?", CaughtMails.LinkOf(await Host.Mails.WaitForAsync(user.Email, "password", Cancel)).ToString(), StringComparison.Ordinal);

        await tab.GetByRole(AriaRole.Navigation, new() { Name = "Parts" }).GetByRole(AriaRole.Link, new() { Name = "Roles" }).ClickAsync();
        await tab.GetByLabel("Give a role").SelectOptionAsync("admin");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Give role" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.List, new() { Name = "Roles" })).ToContainTextAsync("admin");
    }

    [Fact]
    [Trait("ASVS", "6.4.4")]
    [Trait("ASVS", "6.5.6")]
    public async Task A_lost_passkey_is_removed_with_a_reason_and_the_persons_page_leaves_and_has_it_no_more()
    {
        var user = await Host.CreateUserAsync();
        var (theirs, device) = await PasskeysPage.OpenAsync(await SignedInProfileAsync(user));
        await theirs.AddPasskeyAsync();
        var elsewhere = await OpenSessionsAsync(user, Device.Firefox);
        var tab = await OpenAsync(await AdminAsync(), user, "signin");

        await tab.GetByRole(AriaRole.Button, new() { Name = $"Remove passkey {Device.Chrome.Words}" }).ClickAsync();
        var question = tab.GetByRole(AriaRole.Dialog);
        await Expect(question).ToContainTextAsync($"Remove the passkey “{Device.Chrome.Words}” of {user.Email}?");
        await question.GetByRole(AriaRole.Button, new() { Name = "Remove passkey" }).ClickAsync();
        await Expect(question).ToContainTextAsync("Say why.");
        await device.SayYesAsync(false);
        await question.GetByLabel("Reason", new() { Exact = true }).FillAsync("lost the phone");
        await question.GetByRole(AriaRole.Button, new() { Name = "Remove passkey" }).ClickAsync();

        await SignedOutPage.IsShownAsync(theirs.Tab, "administrator", "administrator");
        await elsewhere.LeftBecauseAsync("administrator", "administrator");
        await Expect(tab.GetByText($"The passkey “{Device.Chrome.Words}” is removed.")).ToBeVisibleAsync();
        await Expect(tab.GetByRole(AriaRole.List, new() { Name = "Passkeys" })).ToHaveCountAsync(0);
        var mail = await Host.Mails.WaitForAsync(user.Email, "A passkey was removed", Cancel);
        Assert.Contains("The people who run Portal removed a passkey from your account", mail.TextBody, StringComparison.Ordinal);
        await tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Security events" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.List, new() { Name = "Security events" })).ToContainTextAsync("Reason: lost the phone");

        await (await SignInPage.OpenAsync(theirs.Tab)).SignInAsync(user);
        await theirs.Tab.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
        await theirs.Tab.GotoAsync(PortalUrls.SecurityPath);
        await theirs.IsLiveAsync();
        await Expect(theirs.Passkeys).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nobody_is_offered_to_lose_themself()
    {
        var admin = await AdminAsync();
        var tab = await OpenAsync(admin, admin, "moderation");

        await Expect(tab.GetByText("This is you.")).ToBeVisibleAsync();
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = $"Block {admin.Email}" })).ToBeDisabledAsync();
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = $"Delete {admin.Email}" })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task An_invited_person_chooses_their_own_password_and_signs_in()
    {
        var address = $"invited-{Guid.CreateVersion7():N}@example.org";
        var admin = await (await SignedInProfileAsync(await AdminAsync())).NewPageAsync();
        await admin.GotoAsync(PortalUrls.AdminInvitePath);
        await Circuit.IsOpenAsync(admin);
        await admin.GetByLabel("Email", new() { Exact = true }).FillAsync(address);
        await admin.GetByRole(AriaRole.Button, new() { Name = "Send invitation" }).ClickAsync();
        await Expect(admin.GetByRole(AriaRole.Main)).ToContainTextAsync($"{address} is invited.");

        var tab = await (await NewProfileAsync()).NewPageAsync();
        await tab.GotoAsync(CaughtMails.LinkOf(await Host.Mails.WaitForAsync(address, "invited", Cancel)).PathAndQuery);
        await tab.GetByLabel("Password", new() { Exact = true }).FillAsync(PortalHost.DefaultPassword);
        await tab.GetByLabel("Confirm password").FillAsync(PortalHost.DefaultPassword);
        await tab.GetByRole(AriaRole.Button, new() { Name = "Save password" }).ClickAsync();
        await Expect(tab.Alert()).ToContainTextAsync("The account is yours.");
        await tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();
        var signIn = new SignInPage(tab);
        await signIn.Login.FillAsync(address);
        await signIn.Password.FillAsync(PortalHost.DefaultPassword);
        await signIn.SignIn.ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
    }

    private Task<TestUser> AdminAsync() => Host.CreateUserAsync(roles: RoleNames.Administrator);

    private async Task<IPage> OpenAsync(TestUser admin, TestUser user, string part)
    {
        var tab = await (await SignedInProfileAsync(admin)).NewPageAsync();
        await tab.GotoAsync($"{PortalUrls.AdminUser($"{user.Id}")}?tab={part}");
        await Circuit.IsOpenAsync(tab);
        return tab;
    }
}
