using Microsoft.Playwright;
using Portal.Accounts.Sessions;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>Somebody who signs in in one place more than they may be signed in in.</summary>
[Trait("ASVS", "7.1.2")]
public sealed partial class TooManySessionsTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private const string Replaced = "A newer sign-in took the place of this session.";

    [Fact]
    public async Task The_page_of_the_session_not_seen_for_longest_leaves_and_says_why()
    {
        await StartAsync(WhenFull.EndOldest);
        var (user, oldest, newer) = await OpenTwoAsync();

        var newest = await SignInAsync(user);
        await Expect(newest).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());

        await oldest.LeftBecauseAsync("replaced", Replaced);
        await ListsAsync(newer, Device.Firefox, Device.Edge);
        await Expect(newer.Ended).ToContainTextAsync("Replaced by a newer sign-in");
    }

    [Fact]
    public async Task Where_none_ends_by_itself_the_person_chooses_whose_page_leaves_and_is_in()
    {
        await StartAsync(WhenFull.Refuse);
        var (user, kept, chosen) = await OpenTwoAsync();

        var newest = await SignInAsync(user);
        var full = new TooManySessionsPage(newest);
        await Expect(full.Heading).ToBeVisibleAsync();
        await Expect(newest.GetByText("You can be signed in to Portal in 2 places at a time.")).ToBeVisibleAsync();
        await Expect(full.Choices).ToHaveCountAsync(2);
        // The one that is the likeliest to be forgotten.
        await Expect(full.Choice(Device.Chrome.Words)).ToBeCheckedAsync();
        // Until they chose, nobody is signed in here and nobody is signed out there.
        await ListsAsync(kept, Device.Chrome, Device.Firefox);
        await full.EndAsync(Device.Firefox.Words);

        await Expect(newest).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());
        await chosen.LeftBecauseAsync("replaced", Replaced);
        await ListsAsync(kept, Device.Chrome, Device.Edge);
    }

    [Fact]
    public async Task Who_chooses_a_place_that_another_sign_in_took_meanwhile_chooses_again()
    {
        await StartAsync(WhenFull.Refuse);
        var (user, oldest, newer) = await OpenTwoAsync();
        var first = await SignInAsync(user);
        var second = await SignInAsync(user, Device.Safari);

        await new TooManySessionsPage(first).EndAsync(Device.Chrome.Words);
        await oldest.LeftBecauseAsync("replaced", Replaced);
        var full = new TooManySessionsPage(second);
        await full.EndAsync(Device.Chrome.Words);

        await Expect(full.Alert).ToContainTextAsync("Somebody signed in meanwhile. Choose once more.");
        await Expect(full.Choices).ToHaveCountAsync(2);
        await Expect(full.Choice(Device.Chrome.Words)).ToHaveCountAsync(0);
        await full.EndAsync(Device.Edge.Words);
        await Expect(second).ToHaveURLAsync(At(PortalUrls.AccountPath).ToString());
        await SignedOutPage.IsShownAsync(first, "replaced", Replaced);
        await ListsAsync(newer, Device.Firefox, Device.Safari);
    }

    private Task StartAsync(WhenFull whenFull, LoopbackProvider? provider = null) => StartPortalAsync(options =>
    {
        provider?.AddTo(options.Settings);
        options.UseRealClock = false;
        options.Settings["Sessions:MaximumPerUser"] = "2";
        options.Settings["Sessions:WhenFull"] = whenFull.ToString();
    });

    /// <summary>Somebody with as many sessions as they may have, Chrome's seen last before Firefox's.</summary>
    private async Task<(TestUser User, SessionsPage Older, SessionsPage Newer)> OpenTwoAsync()
    {
        var user = await Host.CreateUserAsync();
        var older = await OpenSessionsAsync(user, Device.Chrome);
        await Circuit.HasHeardAsync(older.Tab);
        Host.Clock.Advance(TimeSpan.FromMinutes(5));
        var newer = await OpenSessionsAsync(user, Device.Firefox);
        return (user, older, newer);
    }

    /// <summary>The page, opened anew because with the clock its own readings stand still, is still there and shows these alone.</summary>
    private static async Task ListsAsync(SessionsPage page, params Device[] devices)
    {
        await page.Tab.ReloadAsync();
        await page.IsLiveAsync();
        await Expect(page.Rows).ToHaveCountAsync(devices.Length);
        foreach (var device in devices)
        {
            await Expect(page.Row(device.Words)).ToHaveCountAsync(1);
        }
    }

    /// <summary>Gives the password in another browser.</summary>
    private async Task<IPage> SignInAsync(TestUser user, Device? device = null)
    {
        var tab = await (await NewProfileAsync(device ?? Device.Edge)).NewPageAsync();
        await (await SignInPage.OpenAsync(tab)).SignInAsync(user);
        return tab;
    }
}
