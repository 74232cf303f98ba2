using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts.Data;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>The way of a new person once more, without a mouse.</summary>
public sealed partial class KeyboardTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const string First = PortalHost.DefaultPassword;
    private const string Second = "seven herons sleep by lamplight";
    private const string Night = "rgb(16, 23, 24)";

    private readonly string _address = $"person-{Guid.CreateVersion7():N}@example.org";
    private IPage _tab = null!;
    private Keyboard _keys = null!;

    private ILocator Dialog => _tab.GetByRole(AriaRole.Dialog);

    private ILocator Focused => _tab.Locator(":focus");

    [Fact]
    public async Task From_the_first_visit_to_the_last_the_keyboard_alone_does_everything()
    {
        _tab = await (await NewProfileAsync(Device.Firefox)).NewPageAsync();
        _keys = new Keyboard(_tab);
        await SkipAndSwitchThemeAsync();
        await RegisterAsync();
        await SignInAsync();
        await FillInProfileAsync();
        await LeaveAndStayAsync();
        await ChangePasswordFromTheMenuAsync();
        await SignOthersOutAsync();
        await FilterActivityAsync();
        await ProveAndTakeDataAlongAsync();
        await DeleteAccountAsync();
    }

    private async Task SkipAndSwitchThemeAsync()
    {
        await _tab.GotoAsync(PortalUrls.SignInPath);
        await _keys.EnterAsync(AriaRole.Link, "Skip to the content");
        await Expect(_tab.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
        await _keys.PressAsync("Tab");
        await Expect(new SignInPage(_tab).Login).ToBeFocusedAsync();

        await _keys.ReachAsync(_tab.GetByRole(AriaRole.Button, new() { Name = "Dark" }), back: true);
        await _keys.PressAsync("Space");
        await Expect(_tab.Locator("body")).ToHaveCSSAsync("background-color", Night);
    }

    private async Task RegisterAsync()
    {
        await _keys.EnterAsync(AriaRole.Link, "Create an account");
        await _keys.TypeAsync("Email", _address);
        await _keys.TypeAsync("Username (optional)", $"p{Guid.CreateVersion7():N}");
        await _keys.TypeAsync("Password", First);
        await _keys.TypeAsync("Confirm password", First);
        await _keys.PressAsync("Enter");
        await Expect(_tab.GetByRole(AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();

        await _tab.GotoAsync(CaughtMails.LinkOf(await Host.Mails.WaitForAsync(_address, "Confirm", Cancel)).ToString());
        await _keys.ReachAsync(AriaRole.Button, "Confirm this address");
        await _keys.PressAsync("Space");
        await Expect(_tab.Alert()).ToContainTextAsync("Your address is confirmed.");
        await _keys.EnterAsync(AriaRole.Link, "Sign in");
    }

    private async Task SignInAsync()
    {
        await _keys.TypeAsync("Email or username", _address);
        await _keys.TypeAsync("Password", First);
        await _keys.ReachAsync(AriaRole.Checkbox, "Keep me signed in");
        await _keys.PressAsync("Space");
        await Expect(new SignInPage(_tab).KeepMeSignedIn).ToBeCheckedAsync();
        await _keys.EnterAsync(AriaRole.Button, "Sign in");
        await Expect(new OverviewPage(_tab).Hello).ToBeVisibleAsync();
    }

    private async Task FillInProfileAsync()
    {
        await _keys.EnterAsync(AriaRole.Link, "Add your name");
        var page = new ProfilePage(_tab);
        await page.IsLiveAsync();
        // Asked for before it is wanted: the browser takes a moment to hand its choosers over.
        _tab.FileChooser += (_, _) => { };
        await _keys.ReachAsync(page.PictureFile);
        var chooser = await _tab.RunAndWaitForFileChooserAsync(() => _keys.PressAsync("Enter"));
        await chooser.SetFilesAsync(await page.DrawnAsync());
        await Expect(_tab.GetByText("Your picture is saved.")).ToBeVisibleAsync();

        await _keys.TypeAsync("Full name", "A new person");
        await _keys.ReachAsync(page.Radio("Who may find your profile", "Restricted"));
        await _keys.PressAsync("ArrowUp");
        await Expect(page.Radio("Who may find your profile", "Public")).ToBeCheckedAsync();
        await _keys.ReachAsync(page.Language);
        await _keys.PressAsync("ArrowDown");
        await Expect(page.Language).ToHaveValueAsync("en");
        await _keys.ReachAsync(page.TimeZone);
        await _keys.PressAsync("End");
        await Expect(page.TimeZone).ToHaveValueAsync((await page.TimeZone.Locator("option").Last.GetAttributeAsync("value"))!);
        await _keys.EnterAsync(AriaRole.Button, "Save");
        await Expect(page.Saved).ToBeVisibleAsync();
        await Expect(page.Save).ToBeFocusedAsync();
    }

    private async Task LeaveAndStayAsync()
    {
        var page = new ProfilePage(_tab);
        await _keys.TypeAsync("Full name", ", and more");
        await _keys.ReachAsync(page.Navigation("Sessions"));
        await _keys.PressAsync("Enter");
        await Expect(page.Question).ToBeVisibleAsync();
        await Expect(Focused).ToHaveTextAsync("Keep editing");
        await _keys.PressAsync("Escape");
        await Expect(page.Question).ToBeHiddenAsync();
        await Expect(page.Navigation("Sessions")).ToBeFocusedAsync();
        await _keys.EnterAsync(AriaRole.Button, "Discard changes");
        await Expect(page.FullName).ToHaveValueAsync("A new person");
        await Expect(page.Save).ToBeFocusedAsync();
    }

    private async Task ChangePasswordFromTheMenuAsync()
    {
        var menu = _tab.Locator("details.user-menu");
        await _keys.ReachAsync(menu.Locator("summary"));
        await _keys.PressAsync("Enter");
        await _keys.ReachAsync(menu.GetByRole(AriaRole.Link, new() { Name = "Sessions" }));
        await _keys.PressAsync("Escape");
        await Expect(menu).Not.ToHaveAttributeAsync("open", "");
        await Expect(menu.Locator("summary")).ToBeFocusedAsync();

        await _keys.EnterAsync(AriaRole.Link, "Password");
        await new PasswordPage(_tab).IsLiveAsync();
        await _keys.TypeAsync("Current password", First);
        await _keys.TypeAsync("New password", Second);
        await _keys.TypeAsync("Confirm password", Second);
        await _keys.PressAsync("Enter");
        await Expect(_tab.GetByText("Your password is changed.")).ToBeVisibleAsync();
    }

    private async Task SignOthersOutAsync()
    {
        await SignInAsync(await NewProfileAsync(Device.Edge), await PersonAsync(), Device.Edge);
        await _keys.ReachAsync(new ProfilePage(_tab).Navigation("Sessions"));
        await _keys.PressAsync("Enter");
        var sessions = new SessionsPage(_tab);
        await sessions.IsLiveAsync();
        await _keys.ReachAsync(sessions.Current.GetByText("Details"));
        await _keys.PressAsync("Enter");
        await Expect(sessions.Current).ToContainTextAsync("by password");

        await _keys.ReachAsync(sessions.EverywhereElse);
        await _keys.PressAsync("Space");
        await Expect(Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await _keys.PressAsync("Escape");
        await Expect(Dialog).ToHaveCountAsync(0);
        await Expect(sessions.EverywhereElse).ToBeFocusedAsync();
        await _keys.PressAsync("Enter");
        await _keys.ReachAsync(Dialog.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" }));
        await _keys.PressAsync("Enter");
        await Expect(sessions.Rows).ToHaveCountAsync(1);
    }

    private async Task FilterActivityAsync()
    {
        await _keys.EnterAsync(AriaRole.Link, "Activity");
        var activity = new ActivityPage(_tab);
        await activity.IsLiveAsync();
        await _keys.ReachAsync(activity.NotMe("Signed in with a password from Edge on Windows"));
        await _keys.PressAsync("Enter");
        await Expect(Focused).ToHaveTextAsync("Cancel");
        await _keys.PressAsync("Enter");
        await Expect(activity.NotMe("Signed in with a password from Edge on Windows")).ToBeFocusedAsync();
        await _keys.ReachAsync(activity.Filters.GetByRole(AriaRole.Link, new() { Name = "Sign-ins" }));
        await _keys.PressAsync("Enter");
        await Expect(activity.Filters.Locator("[aria-current]")).ToHaveTextAsync("Sign-ins");
    }

    private async Task ProveAndTakeDataAlongAsync()
    {
        await _keys.EnterAsync(AriaRole.Link, "Privacy");
        await new PrivacyPage(_tab).IsLiveAsync();
        await AgeAsync(await PersonAsync());
        await _keys.EnterAsync(AriaRole.Button, "Export my data");
        await Expect(Dialog.GetByLabel("Password", new() { Exact = true })).ToBeFocusedAsync();
        await _tab.Keyboard.TypeAsync(Second);
        await _tab.RunAndWaitForDownloadAsync(() => _keys.PressAsync("Enter"));
        await Expect(Dialog).ToHaveCountAsync(0);
        await Expect(new PrivacyPage(_tab).Export).ToBeFocusedAsync();
    }

    private async Task DeleteAccountAsync()
    {
        await _keys.TypeAsync("Type your email address", _address);
        await _keys.EnterAsync(AriaRole.Button, "Delete my account");
        await Expect(Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        var delete = Dialog.GetByRole(AriaRole.Button, new() { Name = "Delete my account" });
        await _keys.ReachAsync(delete);
        await _keys.ReachAsync(Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }), back: true);
        await _keys.ReachAsync(delete);
        await _keys.PressAsync("Enter");
        await Expect(_tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your account is deleted");
    }

    private async Task<TestUser> PersonAsync()
    {
        await using var context = await Host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Cancel);
        return new TestUser((await context.Users.SingleAsync(user => user.Email == _address, Cancel)).Id, _address, null, Second);
    }
}
