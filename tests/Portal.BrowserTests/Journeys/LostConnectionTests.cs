using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

public sealed class LostConnectionTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private static readonly Regex Outside = new("/(signed-out\\?reason=|login)");

    [Fact]
    public async Task A_page_that_loses_its_line_for_a_while_comes_back_by_itself_as_it_was()
    {
        var (chrome, line, user) = await OpenOnLineAsync();
        await chrome.Current.GetByText("Details").ClickAsync();
        var other = await OpenSessionsAsync(user, Device.Firefox);
        await chrome.ShowsOnlineAsync(Device.Firefox.Words);

        await line.CutAsync();
        await Expect(chrome.Tab.GetByText("Connection lost.")).ToBeVisibleAsync();
        await Expect(other.Row(Device.Chrome.Words)).Not.ToContainTextAsync("Online now");
        line.Restore();

        await Expect(chrome.Tab.GetByText("Connection lost.")).ToBeHiddenAsync();
        await other.ShowsOnlineAsync(Device.Chrome.Words);
        await Expect(chrome.Current).ToContainTextAsync("by password");
        await chrome.SignOut(Device.Firefox.Words).ClickAsync();
        await other.LeftBecauseAsync("revoked", "This session was ended from another of your devices.");
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task A_session_that_ended_while_its_page_was_offline_leaves_as_soon_as_the_line_is_back()
    {
        var (chrome, line, user) = await OpenOnLineAsync();
        await chrome.Tab.Context.SetOfflineAsync(true);
        await line.CutAsync();
        await Expect(chrome.Tab.GetByText("Connection lost.")).ToBeVisibleAsync();
        await EndAsync(user);
        await chrome.Tab.Context.SetOfflineAsync(false);
        line.Restore();

        await LeftAsync(chrome, user);
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task A_paused_page_cannot_be_resumed_after_its_session_ended()
    {
        var (chrome, _, user) = await OpenOnLineAsync();
        await chrome.Tab.EvaluateAsync("() => Blazor.pauseCircuit()");
        await EndAsync(user);

        // Whatever it answers: what counts is where the person ends up.
        await chrome.Tab.EvaluateAsync("() => { Blazor.resumeCircuit().catch(() => {}); }");

        await LeftAsync(chrome, user);
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task A_page_whose_circuit_starts_after_the_end_leaves_instead_of_coming_alive()
    {
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user);
        var line = await LineOfAsync(profile);
        line.Hold();
        var chrome = new SessionsPage(await profile.NewPageAsync());
        await chrome.Tab.GotoAsync(PortalUrls.SessionsPath);
        await Expect(chrome.Current).ToBeVisibleAsync();
        await EndAsync(user);
        line.Restore();

        await LeftAsync(chrome, user);
    }

    [Fact]
    public async Task What_has_the_focus_keeps_it_when_the_page_comes_alive()
    {
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user);
        var line = await LineOfAsync(profile);
        line.Hold();
        var page = await OverviewPage.OpenAsync(profile);
        var link = page.Tab.GetByRole(AriaRole.Link, new() { Name = "Add your name" });
        await link.FocusAsync();
        var waiting = await link.ElementHandleAsync();
        line.Restore();

        await page.Tab.WaitForFunctionAsync("waiting => !waiting.isConnected", waiting);
        await Expect(link).ToBeFocusedAsync();
    }

    [Fact]
    [Trait("ASVS", "8.2.4")]
    public async Task A_page_whose_line_comes_back_with_the_cookie_of_another_shows_that_person_only()
    {
        var (chrome, line, user) = await OpenOnLineAsync();
        var other = await Host.CreateUserAsync();
        var frames = new ConcurrentQueue<string>();
        chrome.Tab.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => frames.Enqueue(Encoding.UTF8.GetString(frame.Binary ?? []));
        await line.CutAsync();
        await Expect(chrome.Tab.GetByText("Connection lost.")).ToBeVisibleAsync();
        // What changes meanwhile waits in the circuit to be sent.
        await OpenSessionsAsync(user, Device.Safari);
        await SignInAsync(chrome.Tab.Context, other);
        line.Restore();

        await Expect(chrome.Tab.GetByText("Connection lost.")).ToBeHiddenAsync();
        await chrome.IsLiveAsync();
        await Expect(chrome.Rows).ToHaveCountAsync(1);
        await Expect(chrome.Tab.GetByRole(AriaRole.Banner)).ToContainTextAsync(other.UserName!);
        Assert.DoesNotContain(user.UserName!, await chrome.Tab.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(2, (await Host.SessionsOfAsync(user, Cancel)).Count);
        Assert.DoesNotContain(frames, frame => frame.Contains(Device.Safari.Words, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("ASVS", "8.2.4")]
    public async Task A_paused_page_that_another_resumes_shows_that_person_only()
    {
        var (chrome, _, user) = await OpenOnLineAsync();
        var other = await Host.CreateUserAsync();
        await chrome.Tab.EvaluateAsync("() => Blazor.pauseCircuit()");
        await SignInAsync(chrome.Tab.Context, other);

        await chrome.Tab.EvaluateAsync("() => { Blazor.resumeCircuit().catch(() => {}); }");

        await Expect(chrome.Tab.GetByRole(AriaRole.Banner)).ToContainTextAsync(other.UserName!);
        await chrome.IsLiveAsync();
        Assert.DoesNotContain(user.UserName!, await chrome.Tab.ContentAsync(), StringComparison.Ordinal);
    }

    private async Task<(SessionsPage Page, Line Line, TestUser User)> OpenOnLineAsync()
    {
        TolerateLostLines();
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user);
        var line = await LineOfAsync(profile);
        return (await SessionsPage.OpenAsync(profile), line, user);
    }

    private async Task EndAsync(TestUser user)
    {
        foreach (var session in await Host.SessionsOfAsync(user, Cancel))
        {
            Assert.True(await Host.EndSessionAsync(session.Id, Cancel));
        }
    }

    private static async Task LeftAsync(SessionsPage page, TestUser user)
    {
        await Expect(page.Tab).ToHaveURLAsync(Outside);
        Assert.DoesNotContain(user.UserName!, await page.Tab.ContentAsync(), StringComparison.Ordinal);
    }
}
