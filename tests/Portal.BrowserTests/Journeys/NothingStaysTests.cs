using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>What belonged to somebody leaves the browser with their session, with or without the server's help.</summary>
public sealed class NothingStaysTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("ASVS", "14.3.1")]
    public async Task The_end_of_a_session_empties_the_browsers_storage_and_what_it_kept_of_pictures(bool byTheirOwnHand)
    {
        // What the browser says of a picture that it no longer has.
        Tolerate("ERR_CACHE_MISS");
        var user = await Host.CreateUserAsync();
        var profile = await ProfilePage.OpenAsync(await SignedInProfileAsync(user));
        await profile.PictureFile.SetInputFilesAsync(await profile.DrawnAsync());
        var picture = profile.Tab.Locator(".bar .avatar img");
        await Expect(picture).ToHaveJSPropertyAsync("naturalWidth", 512);
        var address = (await picture.GetAttributeAsync("src"))!;
        await profile.Tab.EvaluateAsync("() => { localStorage.note = sessionStorage.note = 'private'; }");
        Assert.True(await IsKeptAsync(profile.Tab, address));

        if (byTheirOwnHand)
        {
            await profile.Tab.GetByRole(AriaRole.Banner).GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
            await SignedOutPage.IsShownAsync(profile.Tab, "you", "You signed out of this browser.");
        }
        else
        {
            await Host.EndSessionAsync(Assert.Single(await Host.SessionsOfAsync(user, Cancel)).Id, Cancel);
            await SignedOutPage.IsShownAsync(profile.Tab, "administrator", "An administrator ended this session.");
        }

        Assert.Equal("{}{}", await profile.Tab.EvaluateAsync<string>("() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"));
        Assert.False(await IsKeptAsync(profile.Tab, address));
    }

    [Fact]
    [Trait("ASVS", "14.3.1")]
    public async Task A_page_whose_circuit_is_gone_for_good_shows_nothing_while_the_server_cannot_be_reached()
    {
        TolerateLostLines();
        await StartPortalAsync(options => options.ConfigureServices += services => services.Configure<CircuitOptions>(circuits =>
            (circuits.DisconnectedCircuitMaxRetained, circuits.PersistedCircuitInMemoryMaxRetained) = (0, 0)));
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user);
        var line = await LineOfAsync(profile);
        var chrome = await SessionsPage.OpenAsync(profile);
        var other = await OpenSessionsAsync(user, Device.Firefox);
        await other.ShowsOnlineAsync(Device.Chrome.Words);
        // Told from within, at the moment the page gives up: from then on it waits for an answer, which never comes, and not
        // before that is told.
        var left = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await chrome.Tab.ExposeFunctionAsync("leaves", (string shown) => { left.TrySetResult(shown); });
        await chrome.Tab.EvaluateAsync("""
            () => new MutationObserver(() => {
              const shown = [...document.querySelectorAll("body *")].filter(element => element.checkVisibility({ visibilityProperty: true }));
              leaves(shown.filter(element => !element.closest(".reconnect")).map(element => element.tagName).join(" "));
            }).observe(document.body, { attributes: true, attributeFilter: ["data-ended"] })
            """);
        await chrome.Tab.RouteAsync($"**{PortalUrls.SessionsPath}", async route =>
        {
            await left.Task;
            await route.AbortAsync();
        });

        await line.CutAsync();
        await Expect(chrome.Tab.GetByText("Connection lost.")).ToBeVisibleAsync();
        // A server that has not noticed the loss would take the page back.
        await Expect(other.Row(Device.Chrome.Words)).Not.ToContainTextAsync("Online now");
        line.Restore();

        Assert.Equal("", await left.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
        await Expect(chrome.Tab).Not.ToHaveURLAsync(At(PortalUrls.SessionsPath).ToString());
        Assert.DoesNotContain(user.UserName!, await chrome.Tab.ContentAsync(), StringComparison.Ordinal);
    }

    /// <summary>Whether the browser can show it without asking for it.</summary>
    private static Task<bool> IsKeptAsync(IPage tab, string address) => tab.EvaluateAsync<bool>(
        "async address => { try { return (await fetch(address, { cache: 'only-if-cached', mode: 'same-origin' })).ok; } catch { return false; } }", address);
}
