using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>Leaving a page with something unsaved on it.</summary>
public sealed class UnsavedTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const string NewPassword = "seven herons sleep by lamplight";

    private static readonly Regex Profile = new("/account/profile$");
    private static readonly Regex Sessions = new("/account/sessions$");

    [Fact]
    public async Task Following_a_link_asks_first_and_staying_keeps_what_was_typed()
    {
        var page = await OpenAsync();
        await page.FullName.FillAsync("Ada");

        await page.Navigation("Sessions").ClickAsync();
        await Expect(page.Question).ToBeVisibleAsync();
        await Expect(page.Tab.GetByRole(AriaRole.Button, new() { Name = "Keep editing" })).ToBeFocusedAsync();
        await page.Tab.Keyboard.PressAsync("Escape");
        await Expect(page.Question).ToBeHiddenAsync();
        await Expect(page.Tab).ToHaveURLAsync(Profile);
        await Expect(page.FullName).ToHaveValueAsync("Ada");

        await page.Navigation("Sessions").ClickAsync();
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Leave", Exact = true }).ClickAsync();
        await Expect(page.Tab).ToHaveURLAsync(Sessions);
        await page.Navigation("Profile").ClickAsync();
        await page.IsLiveAsync();
        await Expect(page.FullName).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Going_back_asks_too()
    {
        var user = await Host.CreateUserAsync();
        var sessions = await SessionsPage.OpenAsync(await SignedInProfileAsync(user));
        var page = new ProfilePage(sessions.Tab);
        await page.Navigation("Profile").ClickAsync();
        await page.IsLiveAsync();
        await page.FullName.FillAsync("Ada");

        await page.Tab.EvaluateAsync("() => history.back()");
        await Expect(page.Question).ToBeVisibleAsync();
        await Expect(page.Tab).ToHaveURLAsync(Profile);
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Keep editing" }).ClickAsync();
        await Expect(page.FullName).ToHaveValueAsync("Ada");

        await page.Tab.EvaluateAsync("() => history.back()");
        await page.Tab.GetByRole(AriaRole.Button, new() { Name = "Leave", Exact = true }).ClickAsync();
        await Expect(page.Tab).ToHaveURLAsync(Sessions);
        await sessions.IsLiveAsync();
    }

    [Fact]
    public async Task Closing_or_reloading_the_tab_makes_the_browser_ask()
    {
        var page = await OpenAsync();
        await page.FullName.FillAsync("Ada");
        await Expect(page.Tab.Locator("form[data-unsaved]")).ToBeVisibleAsync();
        var asked = new TaskCompletionSource<string>();
        page.Tab.Dialog += async (_, dialog) =>
        {
            asked.TrySetResult(dialog.Type);
            await dialog.DismissAsync();
        };

        await page.Tab.EvaluateAsync("() => { setTimeout(() => location.reload()); }");

        Assert.Equal("beforeunload", await asked.Task.WaitAsync(Cancel));
        await Expect(page.FullName).ToHaveValueAsync("Ada");
    }

    [Fact]
    public async Task Leaving_faster_than_the_last_key_travels_asks_all_the_same()
    {
        var page = await OpenAsync();
        await page.FullName.EvaluateAsync(
            """
            field => {
              field.value = "Ada";
              field.dispatchEvent(new Event("input", { bubbles: true }));
              document.querySelector("nav a[href='/account/sessions']").click();
            }
            """);

        await Expect(page.Question).ToBeVisibleAsync();
        await Expect(page.Tab).ToHaveURLAsync(Profile);
    }

    [Fact]
    public async Task With_nothing_unsaved_nobody_is_asked()
    {
        var page = await OpenAsync();
        await page.FullName.FillAsync("Ada");
        await page.Save.ClickAsync();
        await Expect(page.Saved).ToBeVisibleAsync();
        await page.FullName.FillAsync("Augusta");
        await page.FullName.FillAsync("Ada");
        // The third of what was typed has arrived: nothing is unsaved, and nothing on its way.
        await Expect(page.Tab.Locator("form[data-draft]")).ToHaveAttributeAsync("data-heard", "3");
        await Expect(page.Tab.Locator("form[data-unsaved]")).ToHaveCountAsync(0);

        await page.Navigation("Sessions").ClickAsync();

        await Expect(page.Tab).ToHaveURLAsync(Sessions);
        await Expect(page.Question).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_new_password_half_typed_asks_and_neither_a_present_one_nor_one_that_is_changed_does()
    {
        var user = await Host.CreateUserAsync();
        var password = await PasswordPage.OpenAsync(await SignedInProfileAsync(user));
        var page = new ProfilePage(password.Tab);
        await password.Current.FillAsync(user.Password);
        await page.Navigation("Sessions").ClickAsync();
        await Expect(page.Tab).ToHaveURLAsync(Sessions);

        await page.Navigation("Password").ClickAsync();
        await password.IsLiveAsync();
        await password.New.FillAsync(NewPassword);
        await page.Navigation("Sessions").ClickAsync();
        await Expect(page.Question).ToBeVisibleAsync();
        await page.Tab.Keyboard.PressAsync("Escape");
        await Expect(password.New).ToHaveValueAsync(NewPassword);

        await password.ChangeAsync(user.Password, NewPassword);
        await Expect(page.Tab.GetByText("Your password is changed.")).ToBeVisibleAsync();
        await page.Navigation("Sessions").ClickAsync();
        await Expect(page.Tab).ToHaveURLAsync(Sessions);
        await Expect(page.Question).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_new_address_half_typed_asks_and_one_that_was_sent_does_not()
    {
        var email = await EmailPage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync()));
        var page = new ProfilePage(email.Tab);
        await email.New.FillAsync("somebody@");
        await page.Navigation("Sessions").ClickAsync();
        await Expect(page.Question).ToBeVisibleAsync();
        await page.Tab.Keyboard.PressAsync("Escape");
        await Expect(email.New).ToHaveValueAsync("somebody@");

        await email.AskAsync($"wish-{Guid.CreateVersion7():N}@example.org");
        await Expect(email.Cancel).ToBeVisibleAsync();
        await Expect(email.New).ToHaveValueAsync("");
        await page.Navigation("Sessions").ClickAsync();
        await Expect(page.Tab).ToHaveURLAsync(Sessions);
    }

    [Fact]
    public async Task Who_decides_against_deleting_their_account_leaves_without_a_question()
    {
        var user = await Host.CreateUserAsync();
        var privacy = await PrivacyPage.OpenAsync(await SignedInProfileAsync(user));
        var page = new ProfilePage(privacy.Tab);
        await privacy.Email.FillAsync(user.Email);
        await Expect(page.Tab.Locator("form[data-draft]")).ToHaveAttributeAsync("data-heard", "1");

        await page.Navigation("Sessions").ClickAsync();

        await Expect(page.Tab).ToHaveURLAsync(Sessions);
        await Expect(page.Question).ToBeHiddenAsync();
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task A_page_whose_session_ends_leaves_at_once_whatever_is_typed_on_it()
    {
        var user = await Host.CreateUserAsync();
        var page = await ProfilePage.OpenAsync(await SignedInProfileAsync(user));
        await page.FullName.FillAsync("Ada");
        await Expect(page.Tab.Locator("form[data-unsaved]")).ToBeVisibleAsync();
        page.Tab.Dialog += (_, dialog) => Assert.Fail($"It asked: {dialog.Message}");

        foreach (var session in await Host.SessionsOfAsync(user, Cancel))
        {
            await Host.EndSessionAsync(session.Id, Cancel);
        }

        await SignedOutPage.IsShownAsync(page.Tab, "administrator", "");
    }

    private async Task<ProfilePage> OpenAsync() => await ProfilePage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync()));
}
