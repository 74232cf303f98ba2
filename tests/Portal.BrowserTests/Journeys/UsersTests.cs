using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Accounts;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>What an administrator does with the list of users.</summary>
public sealed class UsersTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    public async Task The_address_keeps_what_is_searched_narrowed_sorted_and_turned_to()
    {
        var domain = NewDomain();
        for (var person = 10; person < 40; person++)
        {
            await Host.CreateUserAsync($"p{person}@{domain}", isConfirmed: person != 12);
        }

        var tab = await OpenAsync($"{PortalUrls.AdminUsersPath}?domain={domain}");
        await Expect(tab.GetByText("30 in all")).ToBeVisibleAsync();
        await tab.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        await Expect(Rows(tab)).ToHaveCountAsync(5);
        await Expect(Rows(tab).First).ToContainTextAsync($"p35@{domain}");
        await tab.GetByRole(AriaRole.Link, new() { Name = "Person" }).ClickAsync();
        await Expect(tab).ToHaveURLAsync(new Regex("sort=-email"));
        await Expect(Rows(tab).First).ToContainTextAsync($"p39@{domain}");

        await tab.Keyboard.PressAsync("/");
        await tab.Keyboard.TypeAsync("p2");
        await Expect(tab.GetByText("10 in all")).ToBeVisibleAsync();
        await Expect(tab).ToHaveURLAsync(new Regex("q=p2"));
        await Expect(tab.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await tab.GetByRole(AriaRole.Searchbox).FillAsync("");
        await tab.GetByRole(AriaRole.Link, new() { Name = "Unconfirmed" }).ClickAsync();
        await Expect(Rows(tab)).ToHaveCountAsync(1);
        await tab.ReloadAsync();
        await Expect(Rows(tab)).ToHaveCountAsync(1);
        await Expect(Rows(tab).First).ToContainTextAsync($"p12@{domain}");
    }

    [Fact]
    public async Task The_size_of_a_page_the_height_of_rows_and_the_columns_are_remembered_with_the_account()
    {
        var admin = await Host.CreateUserAsync(roles: RoleNames.Administrator);
        var tab = await OpenAsync(PortalUrls.AdminUsersPath, admin);
        await tab.GetByRole(AriaRole.Link, new() { Name = "50 rows a page" }).ClickAsync();
        await tab.GetByRole(AriaRole.Link, new() { Name = "Compact" }).ClickAsync();
        await tab.GetByText("Columns").ClickAsync();
        await tab.GetByRole(AriaRole.Link, new() { Name = "Created" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Columnheader, new() { Name = "Created" })).ToBeVisibleAsync();

        var other = await OpenAsync(PortalUrls.AdminUsersPath, admin);
        await Expect(other.GetByRole(AriaRole.Columnheader, new() { Name = "Created" })).ToBeVisibleAsync();
        await Expect(other.GetByRole(AriaRole.Link, new() { Name = "50 rows a page" })).ToHaveAttributeAsync("aria-current", "true");
        await Expect(other.GetByRole(AriaRole.Link, new() { Name = "Compact" })).ToHaveAttributeAsync("aria-current", "true");
    }

    [Fact]
    [Trait("ASVS", "8.2.1")]
    public async Task Who_does_not_administer_finds_no_way_in()
    {
        Tolerate("status of 403");
        var tab = await (await SignedInProfileAsync(await Host.CreateUserAsync())).NewPageAsync();
        await tab.GotoAsync(PortalUrls.AdminUsersPath);

        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).Not.ToHaveTextAsync("Users");
        await Expect(tab.GetByRole(AriaRole.Link, new() { Name = "Administration" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_keyboard_leads_from_the_search_through_the_rows_ticks_and_opens()
    {
        var domain = NewDomain();
        var (one, two) = (await Host.CreateUserAsync($"one@{domain}"), await Host.CreateUserAsync($"two@{domain}"));
        var tab = await OpenAsync($"{PortalUrls.AdminUsersPath}?domain={domain}");
        await tab.GetByText("Keyboard shortcuts").ClickAsync();
        await Expect(tab.GetByText("selects it, or no longer")).ToBeVisibleAsync();

        await tab.Keyboard.PressAsync("/");
        await tab.Keyboard.PressAsync("ArrowDown");
        await Expect(Link(tab, one)).ToBeFocusedAsync();
        await tab.Keyboard.PressAsync("ArrowDown");
        await Expect(Link(tab, two)).ToBeFocusedAsync();
        await tab.Keyboard.PressAsync("ArrowDown");
        await Expect(Link(tab, two)).ToBeFocusedAsync();
        await tab.Keyboard.PressAsync("Space");
        await Expect(Tick(tab, two)).ToBeCheckedAsync();
        await Expect(Link(tab, two)).ToBeFocusedAsync();
        await Tick(tab, two).FocusAsync();
        await tab.Keyboard.PressAsync("ArrowUp");
        await Expect(Tick(tab, one)).ToBeFocusedAsync();
        await Expect(Tick(tab, one)).Not.ToBeCheckedAsync();
        await Menu(tab, one).FocusAsync();
        await tab.Keyboard.PressAsync("ArrowDown");
        await Expect(Menu(tab, two)).ToBeFocusedAsync();

        await Link(tab, one).FocusAsync();
        await tab.Keyboard.PressAsync("Enter");
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(one.Email);
    }

    [Fact]
    public async Task A_rows_menu_deactivates_who_it_names_and_gives_the_focus_back()
    {
        var user = await Host.CreateUserAsync($"one@{NewDomain()}");
        var theirs = await OpenSessionsAsync(user, Device.Firefox);
        var tab = await OpenAsync($"{PortalUrls.AdminUsersPath}?domain={user.Email.Split('@')[1]}");
        var menu = Menu(tab, user);

        await menu.FocusAsync();
        await tab.Keyboard.PressAsync("Enter");
        await tab.GetByRole(AriaRole.Button, new() { Name = $"Deactivate {user.Email}" }).ClickAsync();
        await tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(menu).ToBeFocusedAsync();
        await tab.Keyboard.PressAsync("Enter");
        await tab.GetByRole(AriaRole.Button, new() { Name = $"Deactivate {user.Email}" }).ClickAsync();
        await tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();

        await theirs.LeftBecauseAsync("deactivated", "This account was deactivated");
        await Expect(Rows(tab)).ToContainTextAsync("Inactive");
        await Expect(tab.GetByRole(AriaRole.Status).Filter(new() { HasText = "may not sign in any more. One session ended." })).ToBeAttachedAsync();
    }

    [Fact]
    public async Task On_a_phone_what_narrows_is_folded_until_it_is_wanted()
    {
        var domain = NewDomain();
        await Host.CreateUserAsync($"one@{domain}");
        var admin = await Host.CreateUserAsync(roles: RoleNames.Administrator);
        var tab = await (await SignedInProfileAsync(admin, configure: options => options.ViewportSize = new() { Width = 360, Height = 780 })).NewPageAsync();
        await tab.GotoAsync($"{PortalUrls.AdminUsersPath}?domain={domain}");
        await Circuit.IsOpenAsync(tab);

        await Expect(tab.GetByRole(AriaRole.Link, new() { Name = "Verified" })).ToBeHiddenAsync();
        await Expect(Rows(tab).First).ToBeInViewportAsync();
        await tab.GetByText("Filters (1)").ClickAsync();
        await tab.GetByRole(AriaRole.Link, new() { Name = "No two-step" }).ClickAsync();
        await Expect(tab.GetByText("Filters (2)")).ToBeVisibleAsync();
        await Expect(Rows(tab)).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task On_a_phone_a_line_above_the_cards_sorts_them_and_ticks_them_all()
    {
        var domain = NewDomain();
        var (first, last) = (await Host.CreateUserAsync($"one@{domain}"), await Host.CreateUserAsync($"two@{domain}"));
        var admin = await Host.CreateUserAsync(roles: RoleNames.Administrator);
        var tab = await (await SignedInProfileAsync(admin, configure: options => options.ViewportSize = new() { Width = 360, Height = 780 })).NewPageAsync();
        await tab.GotoAsync($"{PortalUrls.AdminUsersPath}?domain={domain}");
        await Circuit.IsOpenAsync(tab);
        await Expect(Rows(tab).First).ToContainTextAsync(first.Email);

        await tab.GetByRole(AriaRole.Link, new() { Name = "Person" }).ClickAsync();
        await Expect(Rows(tab).First).ToContainTextAsync(last.Email);
        await tab.GetByLabel("Select this page").CheckAsync();

        await Expect(Tick(tab, first)).ToBeCheckedAsync();
        await Expect(Tick(tab, last)).ToBeCheckedAsync();
    }

    private static ILocator Link(IPage tab, TestUser user) => Rows(tab).GetByRole(AriaRole.Link, new() { Name = user.Email });

    private static ILocator Tick(IPage tab, TestUser user) => tab.GetByRole(AriaRole.Checkbox, new() { Name = $"Select {user.Email}" });

    private static ILocator Menu(IPage tab, TestUser user) => tab.GetByLabel($"Actions for {user.Email}");

    private static string NewDomain() => $"d{Guid.CreateVersion7():N}.example";

    private static ILocator Rows(IPage tab) => tab.Locator("tbody tr");

    private async Task<IPage> OpenAsync(string address, TestUser? admin = null)
    {
        admin ??= await Host.CreateUserAsync(roles: RoleNames.Administrator);
        var tab = await (await SignedInProfileAsync(admin)).NewPageAsync();
        await tab.GotoAsync(address);
        await Circuit.IsOpenAsync(tab);
        return tab;
    }
}
