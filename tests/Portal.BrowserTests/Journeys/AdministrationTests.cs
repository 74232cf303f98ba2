using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.Accounts.Administration;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class AdministrationTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    [Trait("ASVS", "7.4.2")]
    public async Task Deactivating_a_user_takes_every_open_page_away_and_keeps_them_out()
    {
        var user = await Host.CreateUserAsync();
        SessionsPage[] open =
        [
            await OpenSessionsAsync(user, Device.Chrome),
            await OpenSessionsAsync(user, Device.Firefox),
            await OpenSessionsAsync(user, Device.Phone),
        ];

        Assert.IsType<AdminOutcome.Done>(await Host.Services.GetRequiredService<IUserAdmin>().DeactivateAsync(user.Email, Operator.CommandLine, Cancel));

        foreach (var page in open)
        {
            await page.LeftBecauseAsync("deactivated", "This account was deactivated.");
        }

        var signIn = await SignInPage.OpenAsync(open[0].Tab);
        await signIn.SignInAsync(user);
        await Expect(open[0].Tab.Alert()).ToContainTextAsync("This account is deactivated.");
    }

    [Fact]
    [Trait("ASVS", "8.3.2")]
    public async Task A_role_given_or_taken_shows_in_the_open_page_which_keeps_its_state()
    {
        var user = await Host.CreateUserAsync();
        // Somebody must stay administrator.
        await Host.CreateUserAsync(roles: "admin");
        var chrome = await OpenSessionsAsync(user, Device.Chrome);
        var administration = chrome.Tab.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Link, new() { Name = "Administration" });
        await Expect(administration).ToHaveCountAsync(0);
        await chrome.Current.GetByText("Details").ClickAsync();
        var roles = Host.Services.GetRequiredService<IRoleAdmin>();

        Assert.IsType<AdminOutcome.Done>(await roles.AddAsync(user.Email, "admin", Operator.CommandLine, Cancel));
        await Expect(administration).ToBeVisibleAsync();
        await Expect(chrome.Current).ToContainTextAsync("by password");
        await Expect(chrome.Current.GetByRole(AriaRole.Group)).ToHaveAttributeAsync("open", "");

        Assert.IsType<AdminOutcome.Done>(await roles.RemoveAsync(user.Email, "admin", Operator.CommandLine, Cancel));
        await Expect(administration).ToHaveCountAsync(0);
        await chrome.IsLiveAsync();
    }
}
