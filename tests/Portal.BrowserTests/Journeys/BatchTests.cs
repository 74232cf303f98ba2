using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>What an administrator does with many people at once, from the list of users.</summary>
public sealed class BatchTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    [Trait("ASVS", "7.4.2")]
    public async Task A_batch_does_what_it_said_to_whom_it_named_and_their_pages_leave()
    {
        var domain = NewDomain();
        var (one, two, three) = (await Host.CreateUserAsync($"one@{domain}"), await Host.CreateUserAsync($"two@{domain}", isActive: false), await Host.CreateUserAsync($"three@{domain}"));
        var theirs = await OpenSessionsAsync(one, Device.Firefox);
        var neighbour = await OpenSessionsAsync(three, Device.Safari);
        var tab = await OpenAsync(domain, await AdminAsync());

        await Tick(tab, one).CheckAsync();
        await Tick(tab, two).CheckAsync();
        await Expect(tab.GetByRole(AriaRole.Region, new() { Name = "Selected users" })).ToContainTextAsync("2 selected.");
        var dialog = await AskAsync(tab, "Deactivate");
        await Expect(dialog).ToContainTextAsync("selected. Something changes for 1 of them.");
        await Expect(dialog).ToContainTextAsync("It ends 1 session");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();

        await theirs.LeftBecauseAsync("deactivated", "This account was deactivated");
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(tab.Locator("tbody tr").Filter(new() { HasText = one.Email })).ToContainTextAsync("Inactive");
        await neighbour.IsLiveAsync();
    }

    [Fact]
    public async Task Who_is_unticked_after_all_were_selected_is_left_alone_and_the_others_are_not()
    {
        var (domain, admin) = (NewDomain(), await AdminAsync());
        await CrowdAsync(domain, 30);
        var spared = await Host.CreateUserAsync($"a@{domain}");
        var tab = await OpenAsync(domain, admin);

        await TickAllAsync(tab, "31");
        await Tick(tab, spared).UncheckAsync();
        await Expect(tab.GetByRole(AriaRole.Region, new() { Name = "Selected users" })).ToContainTextAsync("Everybody who matches is selected, but for 1.");
        await Expect(tab.GetByRole(AriaRole.Checkbox, new() { Name = "Select p", Checked = true })).ToHaveCountAsync(24);
        var dialog = await AskAsync(tab, "Deactivate");
        await Expect(dialog).ToContainTextAsync("30 people are selected. Something changes for 30 of them.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Deactivate" }).ClickAsync();

        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Done. 30 people were changed.");
        var active = await Host.Services.GetRequiredService<IUserList>().ListAsync(
            new UserFilter { Domain = domain, State = UserState.Active }, UserSort.Email, isDescending: false, new ListWindow(), Cancel);
        Assert.Equal(spared.Email, Assert.Single(active.Results).Email);
    }

    [Fact]
    public async Task A_long_batch_shows_how_far_it_is_and_stops_when_it_is_told_to()
    {
        await StartPortalAsync();
        var (domain, admin) = (NewDomain(), await AdminAsync());
        await CrowdAsync(domain, 5_000);
        var tab = await OpenAsync(domain, admin);
        await AgeAsync(admin);

        await TickAllAsync(tab, "5,000");
        var dialog = await AskAsync(tab, "Verify");
        await Expect(dialog).ToContainTextAsync("Something changes for 5,000 of them.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        // Once proved, it goes on from the question who they are.
        await dialog.GetByLabel("Password").FillAsync(admin.Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("max", "5000");
        await Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync(new Regex("[0-9] of 5,000 people; changed [1-9]"));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();

        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync(new Regex(@"Stopped\. [0-9,]+ people were changed"));
        var verified = (await Host.Services.GetRequiredService<IUserList>().CountAsync(new UserFilter { Domain = domain }, Cancel))!.Verified.Count;
        Assert.InRange(verified, 1, 4_999);
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync(verified.ToString("N0", CultureInfo.InvariantCulture));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_role_is_given_to_many_only_once_it_was_chosen_and_the_menu_has_all_of_it_in_the_window()
    {
        var domain = NewDomain();
        var person = await Host.CreateUserAsync($"a@{domain}");
        var tab = await OpenAsync(domain, await AdminAsync());
        await tab.SetViewportSizeAsync(1280, 860);
        await Tick(tab, person).CheckAsync();
        await tab.GetByText("Do with them").ClickAsync();
        var bar = tab.GetByRole(AriaRole.Region, new() { Name = "Selected users" });
        var give = bar.GetByRole(AriaRole.Button, new() { Name = "Give role" });

        var (first, last) = (bar.GetByRole(AriaRole.Button, new() { Name = "Activate", Exact = true }), bar.GetByRole(AriaRole.Button, new() { Name = "Take role" }));
        await Expect(first).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(last).ToBeInViewportAsync(new() { Ratio = 1 });
        // Nothing is in front of it.
        await first.ClickAsync(new() { Trial = true });
        await Expect(bar.GetByLabel("Role")).ToHaveValueAsync("");
        await give.ClickAsync();
        await Expect(bar.GetByText("Choose a role first.")).ToBeInViewportAsync();
        await Expect(tab.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await bar.GetByLabel("Role").SelectOptionAsync(RoleNames.Administrator);
        await Expect(bar.GetByText("Choose a role first.")).ToHaveCountAsync(0);
        await give.ClickAsync();

        await Expect(tab.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Give these people the role admin?");
    }

    [Fact]
    public async Task The_menus_for_one_and_for_many_look_alike()
    {
        var domain = NewDomain();
        var person = await Host.CreateUserAsync($"a@{domain}");
        var tab = await OpenAsync(domain, await AdminAsync());
        await Tick(tab, person).CheckAsync();

        await tab.GetByText("Do with them").ClickAsync();
        var many = await LooksAsync(tab.GetByRole(AriaRole.Button, new() { Name = "Deactivate", Exact = true }));
        var harmless = await LooksAsync(tab.GetByRole(AriaRole.Button, new() { Name = "Verify" }));
        await tab.Keyboard.PressAsync("Escape");
        await tab.GetByLabel($"Actions for {person.Email}").ClickAsync();
        var one = await LooksAsync(tab.GetByRole(AriaRole.Button, new() { Name = $"Deactivate {person.Email}" }));

        Assert.Equal(one, many);
        Assert.NotEqual(one, harmless);

        static Task<string> LooksAsync(ILocator button) =>
            button.EvaluateAsync<string>("button => { const looks = getComputedStyle(button); return [looks.color, looks.textAlign, looks.justifyContent].join(); }");
    }

    private static string NewDomain() => $"d{Guid.CreateVersion7():N}.example";

    private static ILocator Tick(IPage tab, TestUser user) => tab.GetByRole(AriaRole.Checkbox, new() { Name = $"Select {user.Email}" });

    private static async Task TickAllAsync(IPage tab, string count)
    {
        await tab.GetByLabel("Select this page").CheckAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = $"Select all {count} that match" }).ClickAsync();
    }

    private static async Task<ILocator> AskAsync(IPage tab, string verb)
    {
        await tab.GetByText("Do with them").ClickAsync();
        await tab.GetByRole(AriaRole.Button, new() { Name = verb }).ClickAsync();
        return tab.GetByRole(AriaRole.Dialog);
    }

    private Task<TestUser> AdminAsync() => Host.CreateUserAsync(roles: RoleNames.Administrator);

    private async Task<IPage> OpenAsync(string domain, TestUser admin)
    {
        var tab = await (await SignedInProfileAsync(admin)).NewPageAsync();
        await tab.GotoAsync($"{PortalUrls.AdminUsersPath}?domain={domain}");
        await Circuit.IsOpenAsync(tab);
        return tab;
    }

    /// <summary>So many active people that nobody waits until something was done with all of them.</summary>
    private async Task CrowdAsync(string domain, int count)
    {
        await using var context = await Host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Cancel);
        await context.Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
            INSERT INTO "Users" ("Email", "NormalizedEmail", "Domain", "IsActive", "ConfirmedAt", "EmailConfirmed", "PhoneNumberConfirmed", "TwoFactorEnabled", "LockoutEnabled",
                "AccessFailedCount", "Profile", "Preferences", "CreatedAt", "UpdatedAt")
            SELECT 'p' || n || '@' || {domain}, upper('p' || n || '@' || {domain}), {domain}, 1, 1, 1, 0, 0, 1, 0, '{"{}"}', '{"{}"}', n, n FROM numbers
            """, Cancel);
    }
}
