using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed partial class SecondFactorTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    [Trait("ASVS", "6.5.1")]
    public async Task Set_up_in_one_browser_the_app_is_asked_for_in_another_and_each_code_works_once()
    {
        await StartPortalAsync(options => options.UseRealClock = false);
        var user = await Host.CreateUserAsync();
        var elsewhere = await OpenSessionsAsync(user, Device.Firefox);
        var (app, codes) = await (await SecurityPage.OpenAsync(await SignedInProfileAsync(user))).EnrolAsync(Host.Clock.GetUtcNow);
        await elsewhere.LeftBecauseAsync("everywhere", "everywhere");

        var tab = await (await NewProfileAsync(Device.Edge)).NewPageAsync();
        await (await SignInPage.OpenAsync(tab)).SignInAsync(user);
        var step = new SecondStepPage(tab);
        await Expect(step.Code).ToHaveAttributeAsync("autocomplete", "one-time-code");
        // The code that turned the app on is used.
        await step.GiveAsync(app.CodeAt(Host.Clock.GetUtcNow()));
        await Expect(step.Alert).ToContainTextAsync("was used before");
        Host.Clock.Advance(TimeSpan.FromSeconds(30));
        await step.GiveAsync(app.CodeAt(Host.Clock.GetUtcNow()));
        await Expect(tab).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());

        var other = await (await NewProfileAsync(Device.Safari)).NewPageAsync();
        await (await SignInPage.OpenAsync(other)).SignInAsync(user);
        var lost = new SecondStepPage(other);
        await lost.UseRecoveryCode.ClickAsync();
        await lost.GiveRecoveryCodeAsync(codes[0]);
        await Expect(other).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task What_a_camera_reads_in_the_picture_is_the_key_that_can_be_typed_and_sets_the_app_up(ColorScheme scheme)
    {
        var user = await Host.CreateUserAsync();
        var page = await SecurityPage.OpenAsync(await SignedInProfileAsync(user, configure: options => options.ColorScheme = scheme));
        await page.BeginAsync();

        var read = new Uri(await page.ScanAsync());
        var said = QueryHelpers.ParseQuery(read.Query);
        Assert.Equal(("otpauth", "totp", $"/Portal:{user.Email}"), (read.Scheme, read.Host, Uri.UnescapeDataString(read.AbsolutePath)));
        Assert.Equal((await page.Key.InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal), said["secret"].ToString());
        Assert.Equal(("Portal", "SHA1", "6", "30"), (said["issuer"].ToString(), said["algorithm"].ToString(), said["digits"].ToString(), said["period"].ToString()));

        await page.Code.FillAsync(TestAuthenticator.OfKey(said["secret"].ToString()).CodeAt(TimeProvider.System.GetUtcNow()));
        await page.Button("Turn on").ClickAsync();
        await Expect(page.Codes).ToHaveCountAsync(10);
    }

    [Fact]
    public async Task A_trusted_browser_is_not_asked_again_and_says_so_where_it_can_be_forgotten()
    {
        await StartPortalAsync(options => options.UseRealClock = false);
        var user = await Host.CreateUserAsync();
        var (app, _) = await Host.AddSecondFactorAsync(user);
        var profile = await NewProfileAsync();
        var tab = await profile.NewPageAsync();
        await (await SignInPage.OpenAsync(tab)).SignInAsync(user);
        var step = new SecondStepPage(tab);
        await step.Trust.CheckAsync();
        await step.GiveAsync(app.CodeAt(Host.Clock.GetUtcNow()));
        await Expect(tab).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());

        var sessions = await SessionsPage.OpenAsync(profile);
        await Expect(sessions.Rows.First.GetByText("Trusted", new() { Exact = true })).ToBeVisibleAsync();
        await sessions.Tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(sessions.Tab).ToHaveURLAsync(At(PortalUrls.SignedOut("you")).ToString());
        await (await SignInPage.OpenAsync(sessions.Tab)).SignInAsync(user);
        await Expect(sessions.Tab).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());

        var security = await SecurityPage.OpenAsync(profile);
        await security.Trusted.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(security.Trusted).ToHaveCountAsync(0);
    }

    [Fact]
    [Trait("ASVS", "7.5.1")]
    public async Task A_code_proves_in_place_of_the_password_and_the_codes_can_be_taken_along()
    {
        var user = await Host.CreateUserAsync();
        var (app, _) = await Host.AddSecondFactorAsync(user);
        var page = await SecurityPage.OpenAsync(await SignedInProfileAsync(user));
        await AgeAsync(user);

        await page.Button("Make new recovery codes").ClickAsync();
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Make new codes" }).ClickAsync();
        await page.Dialog.GetByLabel("Code", new() { Exact = true }).FillAsync(app.CodeAt(TimeProvider.System.GetUtcNow()));
        await page.Dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();

        await Expect(page.Codes).ToHaveCountAsync(10);
        var saved = await page.Tab.RunAndWaitForDownloadAsync(() => page.Tab.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        Assert.Contains(await page.Codes.First.InnerTextAsync(), await File.ReadAllTextAsync(await saved.PathAsync(), Cancel), StringComparison.Ordinal);
        await page.Button("I have kept them").ClickAsync();
        await Expect(page.Codes).ToHaveCountAsync(0);
    }

    [Fact]
    [Trait("ASVS", "6.3.3")]
    public async Task An_administrator_without_one_is_led_to_it_and_goes_on_from_there()
    {
        await StartPortalAsync(options =>
        {
            options.UseRealClock = false;
            options.Settings["Accounts:Administrators:RequireSecondFactor"] = "true";
        });
        var profile = await SignedInProfileAsync(await Host.CreateUserAsync(roles: "admin"));
        var tab = await profile.NewPageAsync();

        await tab.GotoAsync(PortalUrls.AdminUsersPath);
        var page = new SecurityPage(tab);
        await Expect(tab.GetByText("Administering here needs a second factor.")).ToBeVisibleAsync();
        await page.EnrolAsync(Host.Clock.GetUtcNow);
        await tab.GetByRole(AriaRole.Link, new() { Name = "Go on to the administration" }).ClickAsync();

        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Users" })).ToBeVisibleAsync();
    }

    [Fact]
    [Trait("ASVS", "6.4.4")]
    public async Task An_administrator_removes_a_lost_one_and_the_persons_open_page_leaves()
    {
        var user = await Host.CreateUserAsync();
        await Host.AddSecondFactorAsync(user);
        var open = await OpenSessionsAsync(user, Device.Firefox);
        var tab = await (await SignedInProfileAsync(await Host.CreateUserAsync(roles: "admin"))).NewPageAsync();

        await tab.GotoAsync($"{PortalUrls.AdminUser($"{user.Id}")}?tab=signin");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Remove authenticator app" }).ClickAsync();
        var dialog = tab.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync(user.Email);
        await dialog.GetByLabel("Reason").FillAsync("Lost the phone");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove authenticator app" }).ClickAsync();

        await open.LeftBecauseAsync("administrator", "administrator");
        await Expect(tab.GetByText("Set; nobody can read it back")).ToBeVisibleAsync();
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Remove authenticator app" })).ToHaveCountAsync(0);
    }
}
