using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

// What reaches the person's open pages at once.
public sealed partial class UserPageTests
{
    [Fact]
    [Trait("ASVS", "7.4.5")]
    public async Task Ending_all_sessions_says_how_many_and_takes_every_open_page_of_theirs_away()
    {
        var user = await Host.CreateUserAsync();
        SessionsPage[] theirs = [await OpenSessionsAsync(user, Device.Firefox), await OpenSessionsAsync(user, Device.Phone)];
        var neighbour = await OpenSessionsAsync(await Host.CreateUserAsync(), Device.Safari);
        var tab = await OpenAsync(await AdminAsync(), user, "sessions");

        await tab.GetByRole(AriaRole.Button, new() { Name = "End all sessions" }).ClickAsync();
        var question = tab.GetByRole(AriaRole.Dialog);
        await Expect(question).ToContainTextAsync("Ends 2 sessions of 1 person, 2 of them online now.");
        await question.GetByRole(AriaRole.Button, new() { Name = "End 2 sessions" }).ClickAsync();

        foreach (var page in theirs)
        {
            await page.LeftBecauseAsync("administrator", "administrator");
        }

        await Expect(tab.GetByText("They are signed in nowhere.")).ToBeVisibleAsync();
        await Expect(tab.GetByRole(AriaRole.Status).Filter(new() { HasText = "2 sessions have ended." })).ToBeAttachedAsync();
        await neighbour.IsLiveAsync();
    }

    [Fact]
    [Trait("ASVS", "8.3.2")]
    public async Task A_role_that_is_taken_takes_its_pages_from_the_person_and_nothing_else()
    {
        var (admin, user) = (await AdminAsync(), await AdminAsync());
        var theirs = await OpenSessionsAsync(user, Device.Firefox);
        var administration = theirs.Tab.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Administration" });
        await Expect(administration).ToBeVisibleAsync();
        var tab = await OpenAsync(admin, user, "roles");

        await tab.GetByRole(AriaRole.Button, new() { Name = "Remove the role admin" }).ClickAsync();
        await Expect(tab.GetByRole(AriaRole.Dialog)).ToContainTextAsync($"Take the role admin from {user.Email}?");
        await tab.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();

        await Expect(tab.GetByText("They have no role")).ToBeVisibleAsync();
        await Expect(administration).ToHaveCountAsync(0);
        await theirs.IsLiveAsync();
        Assert.Empty((await Users.FindAsync(user.Email, Cancel))!.Roles);
    }
}
