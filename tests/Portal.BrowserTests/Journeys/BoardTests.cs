using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class BoardTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    public async Task The_board_counts_a_new_tab_and_the_page_it_shows_without_a_refresh()
    {
        await StartPortalAsync();
        var board = await (await SignedInProfileAsync(await Host.CreateUserAsync(roles: "admin"))).NewPageAsync();
        await board.GotoAsync(PortalUrls.AdminPath);
        await ShowsAsync("People", 1);
        await ShowsAsync("Tabs", 1);

        var person = await OpenSessionsAsync(await Host.CreateUserAsync(), Device.Firefox);
        await ShowsAsync("People", 2);
        await ShowsAsync("Sessions", 2);
        await ShowsAsync("Tabs", 2);
        var second = await SessionsPage.OpenAsync(person.Tab.Context);
        await ShowsAsync("Tabs", 3);
        await ShowsAsync("Sessions", 2);
        await Expect(board.GetByRole(AriaRole.List, new() { Name = "Tabs by page" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = PortalUrls.SessionsPath })).ToContainTextAsync("2");

        await second.Tab.GetByRole(AriaRole.Link, new() { Name = "Profile" }).First.ClickAsync();
        await Expect(board.GetByRole(AriaRole.List, new() { Name = "Tabs by page" })).ToContainTextAsync(PortalUrls.ProfilePath);
        await second.Tab.CloseAsync();
        await ShowsAsync("Tabs", 2);

        await board.GetByRole(AriaRole.Link, new() { Name = "Last 30 days" }).ClickAsync();
        await Expect(board.GetByRole(AriaRole.Img, new() { Name = "Sign-ins: 2 in all" })).ToBeVisibleAsync();

        Task ShowsAsync(string figure, int count) => Expect(board.Locator(".figures > div").Filter(new() { HasText = figure }).Locator("dd")).ToHaveTextAsync($"{count}");
    }
}
