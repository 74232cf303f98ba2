using Microsoft.Playwright;
using Portal.BrowserTests.Pages;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Journeys;

/// <summary>A person who went to lunch, and one who did not.</summary>
public sealed class IdleTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    private static readonly TimeSpan ShortBefore = new(11, 59, 0);

    [Fact]
    [Trait("ASVS", "7.3.1")]
    public async Task Shortly_before_silence_ends_a_session_its_pages_ask_and_one_answer_counts_for_all()
    {
        await StartPortalAsync(options => options.UseRealClock = false);
        var user = await Host.CreateUserAsync();
        var looked = await OpenSessionsAsync(user, Device.Chrome);
        var other = await SessionsPage.OpenAsync(looked.Tab.Context);
        // What a page still has to say would count as a sign of life after the clock has moved.
        await Expect(looked.Current).ToContainTextAsync("2 tabs");
        await Expect(other.Current).ToContainTextAsync("2 tabs");
        await Circuit.HasHeardAsync(looked.Tab);
        await Circuit.HasHeardAsync(other.Tab);

        Host.Clock.Advance(ShortBefore);
        await Expect(Warning(looked)).ToContainTextAsync("Still there?");
        await Expect(Warning(other)).ToBeVisibleAsync();
        await looked.Tab.GetByRole(AriaRole.Button, new() { Name = "Stay signed in" }).ClickAsync();
        await Expect(Warning(looked)).ToHaveCountAsync(0);
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Expect(Warning(other)).ToHaveCountAsync(0);

        // Had it not counted, the session would end now.
        Host.Clock.Advance(ShortBefore - TimeSpan.FromMinutes(10));
        await looked.Tab.ReloadAsync();
        await looked.IsLiveAsync();
    }

    [Fact]
    [Trait("ASVS", "7.3.1")]
    public async Task Without_an_answer_the_pages_leave_and_say_why()
    {
        await StartPortalAsync(options => options.UseRealClock = false);
        var page = await OpenSessionsAsync(await Host.CreateUserAsync(), Device.Chrome);
        await Circuit.HasHeardAsync(page.Tab);
        Host.Clock.Advance(ShortBefore);
        await Expect(Warning(page)).ToBeVisibleAsync();

        Host.Clock.Advance(TimeSpan.FromHours(12) - ShortBefore);
        // One look may have been on its way when the clock moved.
        Host.Clock.Advance(TimeSpan.FromSeconds(1));

        await page.LeftBecauseAsync("idle", "This session ended because");
    }

    [Fact]
    [Trait("ASVS", "7.3.1")]
    public async Task Keys_pointer_and_wheel_tell_of_somebody_and_a_page_that_nobody_touches_ends_of_silence()
    {
        await StartPortalAsync(options =>
        {
            options.UseRealClock = false;
            options.Settings["Sessions:ShortIdleTimeout"] = "00:10:00";
        });
        var user = await Host.CreateUserAsync();
        var profile = await SignedInProfileAsync(user, Device.Chrome);
        await profile.AddInitScriptAsync("window.passed = 0; const now = performance.now.bind(performance); performance.now = () => now() + passed;");
        var page = await SessionsPage.OpenAsync(profile);
        var silent = await OpenSessionsAsync(user, Device.Firefox);
        await Circuit.HasHeardAsync(page.Tab);
        await Circuit.HasHeardAsync(silent.Tab);
        var told = 0;
        page.Tab.Request += (_, request) => told += request.Url.EndsWith(PortalUrls.SeenPath, StringComparison.Ordinal) ? 1 : 0;

        var heading = page.Tab.GetByRole(AriaRole.Heading, new() { Level = 1 });
        foreach (var touch in (Func<Task>[])[() => page.Tab.Keyboard.PressAsync("Shift"), () => heading.ClickAsync(), () => page.Tab.Mouse.WheelAsync(0, 40)])
        {
            Host.Clock.Advance(TimeSpan.FromMinutes(6));
            await page.Tab.EvaluateAsync("() => { passed += 30_000; }");
            var answer = await page.Tab.RunAndWaitForResponseAsync(touch, $"**{PortalUrls.SeenPath}");
            Assert.True(answer.Ok, answer.StatusText);
            // Within the same half minute it is not told again.
            await touch();
        }

        // The last look may have been on its way when the clock moved.
        Host.Clock.Advance(TimeSpan.FromSeconds(1));
        await silent.LeftBecauseAsync("idle", "This session ended because");
        await page.Tab.ReloadAsync();
        await page.IsLiveAsync();
        Assert.Equal(3, told);
    }

    private static ILocator Warning(SessionsPage page) => page.Tab.Locator(".idle-warning");
}
