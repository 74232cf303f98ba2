using Microsoft.Playwright;
using Portal.Testing;

namespace Portal.Benchmarks.Circuits;

/// <summary>One tab of a real browser.</summary>
internal static class BrowserTab
{
    private const int ClockLooks = 5;

    /// <summary>Milliseconds from the call that ends the session to the beginning of the page that the tab goes to.</summary>
    public static async Task<double> TimeToLeaveAsync(PortalHost host, IBrowser browser, TestUser user, Uri page)
    {
        var (tab, session) = await SignedInAsync(host, browser, user);
        await using var profile = tab.Context;
        await tab.GotoAsync(page.ToString());
        // Only its circuit can tell a page that it is open.
        await tab.GetByText("Online now").First.WaitForAsync();
        var ahead = await AheadAsync(tab);

        var ended = Now();
        await host.EndSessionAsync(session);
        await tab.WaitForURLAsync($"**{PortalUrls.SignedOutPath}**");
        return await tab.EvaluateAsync<double>("() => performance.timeOrigin") - ahead - ended;
    }

    /// <summary>A tab of a browser of its own, signed in, and the public id of its session.</summary>
    public static async Task<(IPage Tab, string Session)> SignedInAsync(PortalHost host, IBrowser browser, TestUser user)
    {
        var profile = await browser.NewContextAsync(new() { BaseURL = host.BaseAddress.ToString() });
        using var client = await host.BeginSessionAsync(user);
        await profile.AddCookiesAsync(host.CookiesOf(client).GetCookies(host.BaseAddress)
            .Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = host.BaseAddress.ToString() }));
        return (await profile.NewPageAsync(), (await host.SessionIdOfAsync(client))!);
    }

    /// <summary>How far the browser's clock is ahead of this process's: the look that took least time is the truest.</summary>
    private static async Task<double> AheadAsync(IPage tab)
    {
        var (best, ahead) = (double.MaxValue, 0.0);
        for (var look = 0; look < ClockLooks; look++)
        {
            var before = Now();
            var there = await tab.EvaluateAsync<double>("() => performance.timeOrigin + performance.now()");
            var after = Now();
            if (after - before < best)
            {
                (best, ahead) = (after - before, there - ((before + after) / 2));
            }
        }

        return ahead;
    }

    private static double Now() => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
}
