using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class ProfileTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const string Night = "rgb(16, 23, 24)";

    [Fact]
    public async Task A_person_fills_in_their_profile_with_the_keyboard_alone()
    {
        var profile = await SignedInProfileAsync(await Host.CreateUserAsync());
        var page = await ProfilePage.OpenAsync(profile);
        var tab = page.Tab;
        var keys = new Keyboard(tab);

        await keys.ReachAsync(page.FullName);
        await tab.Keyboard.TypeAsync("Ada Lovelace");
        await keys.ReachAsync(page.Radio("Who may find your profile", "Restricted"));
        await tab.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Radio("Who may find your profile", "Public")).ToBeCheckedAsync();
        await keys.ReachAsync(page.Language);
        await tab.Keyboard.PressAsync("D");
        await Expect(page.Language).ToHaveValueAsync("de");
        await keys.ReachAsync(page.TimeZone);
        await tab.Keyboard.TypeAsync("Tokyo");
        await Expect(page.TimeZone).ToHaveValueAsync("Asia/Tokyo");
        await keys.ReachAsync(page.Radio("Light or dark", "Follow the system"));
        await tab.Keyboard.PressAsync("ArrowDown");
        await tab.Keyboard.PressAsync("ArrowDown");
        await keys.ReachAsync(page.Save);
        await tab.Keyboard.PressAsync("Enter");

        await Expect(page.Saved).ToBeVisibleAsync();
        await Expect(tab.Locator("body")).ToHaveCSSAsync("background-color", Night);
        await Expect(tab.Locator(".bar .avatar")).ToHaveTextAsync("AL");
        await tab.ReloadAsync();
        await page.IsLiveAsync();
        await Expect(page.FullName).ToHaveValueAsync("Ada Lovelace");
        await Expect(page.Radio("Who may find your profile", "Public")).ToBeCheckedAsync();
        await Expect(page.Radio("Who may see your email address", "Restricted")).ToBeCheckedAsync();
        await Expect(page.Language).ToHaveValueAsync("de");
        await Expect(page.TimeZone).ToHaveValueAsync("Asia/Tokyo");
        await Expect(tab.Locator("body")).ToHaveCSSAsync("background-color", Night);
    }

    [Fact]
    public async Task Dates_follow_the_zone_at_once_in_every_open_tab_and_stay_in_the_pages_language()
    {
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user);
        var sessions = await SessionsPage.OpenAsync(profile);
        await sessions.Current.GetByText("Details").ClickAsync();
        var moment = sessions.Current.Locator("dl time").First;
        var page = await ProfilePage.OpenAsync(profile);

        await page.Language.SelectOptionAsync("fr");
        await page.TimeZone.SelectOptionAsync("Asia/Tokyo");
        await page.Save.ClickAsync();
        await Expect(page.Saved).ToBeVisibleAsync();

        var at = DateTimeOffset.Parse((await moment.GetAttributeAsync("datetime"))!, System.Globalization.CultureInfo.InvariantCulture).ToOffset(TimeSpan.FromHours(9));
        await Expect(moment).ToHaveTextAsync(at.ToString("d MMM yyyy, HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await Expect(sessions.Current.Locator(".session-when time")).ToHaveTextAsync(new Regex("^(now|\\d+ minutes? ago)$"));
        await Expect(sessions.Current.Locator("dl")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Of_two_tabs_that_change_the_same_field_the_later_is_told_and_goes_over_it_on_purpose()
    {
        var user = await Host.CreateUserAsync();
        var one = await ProfilePage.OpenAsync(await SignedInProfileAsync(user));
        var other = await ProfilePage.OpenAsync(await SignedInProfileAsync(user, Device.Firefox));
        await other.FullName.FillAsync("Augusta");
        await one.FullName.FillAsync("Ada");
        await one.Affiliations.FillAsync("Analytical Engines");
        await one.Save.ClickAsync();
        await Expect(one.Saved).ToBeVisibleAsync();
        // What nobody touched here follows by itself.
        await Expect(other.Affiliations).ToHaveValueAsync("Analytical Engines");

        await other.Save.ClickAsync();

        await Expect(other.Alert).ToContainTextAsync("Changed meanwhile in another tab or device: Full name");
        await Expect(other.Alert).ToBeFocusedAsync();
        await Expect(other.FullName).ToHaveValueAsync("Augusta");
        await Expect(other.Tab.GetByText("Meanwhile saved as “Ada”.")).ToBeVisibleAsync();
        await other.Alert.GetByRole(AriaRole.Link, new() { Name = "Full name" }).ClickAsync();
        await Expect(other.FullName).ToBeFocusedAsync();
        await other.SaveOver.ClickAsync();
        await Expect(other.Saved).ToBeVisibleAsync();
        await Expect(one.FullName).ToHaveValueAsync("Augusta");
        await Expect(one.Affiliations).ToHaveValueAsync("Analytical Engines");
    }

    [Fact]
    public async Task What_is_wrong_is_listed_with_the_way_to_each_field()
    {
        await StartPortalAsync(options =>
        {
            options.Settings["Profiles:Fields:2:Name"] = "website";
            options.Settings["Profiles:Fields:2:Label"] = "Website";
            options.Settings["Profiles:Fields:2:Kind"] = "Url";
        });
        var page = await ProfilePage.OpenAsync(await SignedInProfileAsync(await Host.CreateUserAsync()));
        var website = page.Tab.GetByLabel("Website", new() { Exact = true });
        await page.FullName.FillAsync("Ada");
        await website.FillAsync("ada");

        await page.Tab.Keyboard.PressAsync("Enter");

        await Expect(page.Alert).ToHaveTextAsync("Website must be a whole web address, like https://example.org.");
        await Expect(page.Alert).ToBeFocusedAsync();
        await page.Alert.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(website).ToBeFocusedAsync();
        await Expect(page.FullName).ToHaveValueAsync("Ada");
        await website.FillAsync("https://example.org/ada");
        await page.Tab.Keyboard.PressAsync("Enter");
        await Expect(page.Saved).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_new_browser_wears_the_chosen_look_from_the_first_page_after_sign_in()
    {
        var user = await Host.CreateUserAsync();
        var page = await ProfilePage.OpenAsync(await SignedInProfileAsync(user));
        await page.Radio("Light or dark", "Dark").CheckAsync();
        await page.Save.ClickAsync();
        await Expect(page.Saved).ToBeVisibleAsync();

        var tab = await (await NewProfileAsync(configure: options => options.ColorScheme = ColorScheme.Light)).NewPageAsync();
        await (await SignInPage.OpenAsync(tab)).SignInAsync(user);

        await Expect(tab.Locator("body")).ToHaveCSSAsync("background-color", Night);
        await Expect(tab.GetByRole(AriaRole.Button, new() { Name = "Dark" }).First).ToHaveAttributeAsync("aria-pressed", "true");
    }
}
