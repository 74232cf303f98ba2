using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class LiveRevocationTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const string Revoked = "This session was ended from another of your devices.";
    private const int Rounds = 20;

    [Fact]
    public async Task Two_browsers_of_one_person_see_each_other_come_and_their_tabs_open_and_close_without_a_refresh()
    {
        var user = await Host.CreateUserAsync();
        var chrome = await OpenSessionsAsync(user, Device.Chrome);
        await Expect(chrome.Rows).ToHaveCountAsync(1);

        var firefox = await OpenSessionsAsync(user, Device.Firefox);
        await chrome.ShowsOnlineAsync(Device.Firefox.Words);
        await firefox.ShowsOnlineAsync(Device.Chrome.Words);
        await Expect(chrome.Current).ToContainTextAsync(Device.Chrome.Words);
        await Expect(firefox.Current).ToContainTextAsync(Device.Firefox.Words);

        var second = await SessionsPage.OpenAsync(firefox.Tab.Context);
        await chrome.ShowsOnlineAsync(Device.Firefox.Words, "2 tabs");
        await firefox.ShowsOnlineAsync(Device.Firefox.Words, "2 tabs");

        await second.Tab.CloseAsync();
        await chrome.ShowsOnlineAsync(Device.Firefox.Words, "1 tab");
        await firefox.Tab.CloseAsync();
        await Expect(chrome.Row(Device.Firefox.Words)).Not.ToContainTextAsync("Online now");
        await Expect(chrome.Row(Device.Firefox.Words)).ToContainTextAsync("Last seen");
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    [Trait("ASVS", "7.5.2")]
    public async Task Signing_a_device_out_takes_all_its_tabs_away_at_once_and_touches_no_other()
    {
        var user = await Host.CreateUserAsync();
        var firefox = await OpenSessionsAsync(user, Device.Firefox);
        var secondTab = await SessionsPage.OpenAsync(firefox.Tab.Context);
        var phone = await OpenSessionsAsync(user, Device.Phone);
        var chrome = await OpenSessionsAsync(user, Device.Chrome);
        await chrome.ShowsOnlineAsync(Device.Firefox.Words, "2 tabs");

        var requests = new List<IRequest>();
        firefox.Tab.Request += (_, request) => requests.Add(request);
        await chrome.SignOut(Device.Firefox.Words).ClickAsync();

        await firefox.LeftBecauseAsync("revoked", Revoked);
        await secondTab.LeftBecauseAsync("revoked", Revoked);
        Assert.True(requests[0].IsNavigationRequest, "The page asked before it left.");
        Assert.EndsWith("/signed-out?reason=revoked", requests[0].Url, StringComparison.Ordinal);

        await chrome.DoesNotShowAsync(Device.Firefox.Words);
        await phone.DoesNotShowAsync(Device.Firefox.Words);
        await chrome.ShowsOnlineAsync(Device.Phone.Words);
        await Expect(phone.Current).ToContainTextAsync(Device.Phone.Words);
        await Expect(phone.Rows).ToHaveCountAsync(2);
        await Expect(chrome.Ended).ToContainTextAsync("Signed out from another device");

        // The cookie is worth nothing any more either.
        await firefox.Tab.GotoAsync(PortalUrls.SessionsPath);
        await firefox.LeftBecauseAsync("revoked", Revoked);
    }

    [Fact]
    public async Task From_the_click_to_the_other_browsers_leaving_hardly_any_time_passes()
    {
        var user = await Host.CreateUserAsync();
        var chrome = await OpenSessionsAsync(user, Device.Chrome);
        await chrome.Tab.EvaluateAsync("() => addEventListener('click', () => { window.clickedAt = performance.timeOrigin + performance.now(); }, true)");
        var profile = await NewProfileAsync(Device.Firefox);
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            await SignInAsync(profile, user, Device.Firefox);
            var firefox = await SessionsPage.OpenAsync(profile);
            await chrome.ShowsOnlineAsync(Device.Firefox.Words);

            await chrome.SignOut(Device.Firefox.Words).ClickAsync();
            await firefox.LeftBecauseAsync("revoked", Revoked);
            var leftAt = await firefox.Tab.EvaluateAsync<double>("() => performance.timeOrigin");
            times.Add(leftAt - await chrome.Tab.EvaluateAsync<double>("() => window.clickedAt"));
            await firefox.Tab.CloseAsync();
            await chrome.DoesNotShowAsync(Device.Firefox.Words);
        }

        times.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Click to navigation, {Rounds} rounds: least {times[0]:F0} ms, median {times[Rounds / 2]:F0} ms, most {times[^1]:F0} ms."));
        Assert.True(times[^1] < 5_000, "A page stayed for more than five seconds.");
    }

    [Fact]
    public async Task A_page_that_cannot_leave_yet_shows_nothing_of_the_ended_session()
    {
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user, Device.Firefox);
        // Never answered: the browser waits for the next page and goes on showing this one.
        await profile.RouteAsync("**/signed-out**", _ => { });
        var firefox = await SessionsPage.OpenAsync(profile);
        var chrome = await OpenSessionsAsync(user, Device.Chrome);
        await firefox.ShowsOnlineAsync(Device.Chrome.Words);
        var shown = firefox.Tab.EvaluateAsync<string>(
            """
            () => new Promise(shown => {
              const main = document.querySelector("main");
              const look = () => main.querySelector("[role=alert]") && shown(main.innerText);
              new MutationObserver(look).observe(main, { childList: true, subtree: true });
              look();
            })
            """);

        await chrome.SignOut(Device.Firefox.Words).ClickAsync();

        Assert.Equal("You are signed out. Sign in again", (await shown.WaitAsync(Cancel)).Trim());
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task A_click_made_after_the_end_but_before_the_page_knows_of_it_does_nothing()
    {
        var user = await Host.CreateUserAsync();
        var firefoxProfile = await NewProfileAsync(Device.Firefox);
        var ended = await SignInAsync(firefoxProfile, user, Device.Firefox);
        var phoneProfile = await NewProfileAsync(Device.Phone);
        var bystander = await SignInAsync(phoneProfile, user, Device.Phone);
        var firefox = await SessionsPage.OpenAsync(firefoxProfile);

        // The script stands still in this request, so that no message of the server reaches the page; then it clicks.
        var standing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await firefox.Tab.RouteAsync("**/stand-still", async route =>
        {
            standing.SetResult();
            await over.Task;
            await route.FulfillAsync(new() { Status = 204 });
        });
        var clicked = firefox.SignOut(Device.Phone.Words).EvaluateAsync(
            """
            button => {
              const request = new XMLHttpRequest();
              request.open("GET", "/stand-still", false);
              request.send();
              button.click();
            }
            """);
        await standing.Task.WaitAsync(Cancel);
        Assert.True(await Host.EndSessionAsync(ended, Cancel));
        over.SetResult();
        await clicked;
        await firefox.LeftBecauseAsync("administrator", "An administrator ended this session.");

        // The same click of a living session, made later, does what it says; so the count at the end is the first one's too.
        var chrome = await OpenSessionsAsync(user, Device.Chrome);
        await Expect(chrome.Row(Device.Phone.Words)).ToHaveCountAsync(1);
        await chrome.SignOut(Device.Phone.Words).ClickAsync();
        await chrome.DoesNotShowAsync(Device.Phone.Words);
        Assert.Equal(1, Host.Services.GetRequiredService<WatchedSessions>().TimesAskedToEnd(bystander));
    }
}
