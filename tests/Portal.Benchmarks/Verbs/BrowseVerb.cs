using System.CommandLine;
using Microsoft.Playwright;
using Portal.Accounts;
using Portal.Benchmarks.Circuits;
using Portal.Benchmarks.Figures;
using Portal.Benchmarks.Loads;
using Portal.BrowserTests;
using Portal.Testing;
using static Microsoft.Playwright.Assertions;

namespace Portal.Benchmarks.Verbs;

/// <summary><c>browse</c>: how long an administrator waits for a list in a real browser, at ten thousand rows and at a million.</summary>
internal static class BrowseVerb
{
    private const int Few = 10_000;

    public static Command Make()
    {
        var users = CountOption.Of("--users", 1_000_000, "How many users, and as many sessions.");
        var rounds = CountOption.Of("--rounds", 10, "How often each step is taken.");
        var verb = new Command("browse", "Go through the administration's lists in an installed browser, at 10,000 rows and at many.") { users, rounds };
        verb.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(users), parsed.GetValue(rounds), cancellationToken));
        return verb;
    }

    private static async Task RunAsync(int users, int rounds, CancellationToken cancellationToken)
    {
        Report.Begin();
        var path = RealBrowser.Find() ?? throw new InvalidOperationException("No Chrome, Chromium or Edge is installed.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await RealBrowser.LaunchAsync(playwright, path);
        var few = await MeasureAsync(browser, Few, rounds, cancellationToken);
        var many = await MeasureAsync(browser, users, rounds, cancellationToken);
        Report.Print("browse", new
        {
            Users = users,
            Steps = many.ToDictionary(step => step.Key, step => new { Ms = step.Value, FewMs = few[step.Key].P50, Ratio = Rounded.To3(step.Value.P50 / few[step.Key].P50) }),
        });
    }

    private static async Task<Dictionary<string, Spread>> MeasureAsync(IBrowser browser, int users, int rounds, CancellationToken cancellationToken)
    {
        await using var host = await PortalHost.StartAsync(options => (options.UseKestrel, options.UseRealClock) = (true, true));
        Report.Say($"making {users} users");
        await ManyUsers.AddAsync(host, users, cancellationToken);
        var (tab, _) = await BrowserTab.SignedInAsync(host, browser, await host.CreateUserAsync("looker@example.org", "looker", roles: RoleNames.Administrator));
        await using var profile = tab.Context;
        Dictionary<string, List<double>> times = [];
        for (var round = -1; round < rounds; round++)
        {
            Report.Say($"round {round + 1} of {rounds}");
            foreach (var (name, prepare, act, seen) in Steps(tab))
            {
                await prepare();
                var began = TimeProvider.System.GetTimestamp();
                await act();
                await Expect(seen).ToBeVisibleAsync();
                var took = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
                // The first time around compiles what it runs, here and in the browser.
                (times.TryGetValue(name, out var known) ? known : times[name] = []).AddRange(round >= 0 ? [took] : []);
            }
        }

        return times.ToDictionary(step => step.Key, step => Spread.Of(step.Value));
    }

    /// <summary>What is done, and what is seen when it is done. A step that turns an open list begins where it is open, its circuit too.</summary>
    private static IEnumerable<(string Name, Func<Task> Prepare, Func<Task> Act, ILocator Seen)> Steps(IPage tab)
    {
        var first = tab.Locator("tbody tr").First;
        yield return Opened("users", PortalUrls.AdminUsersPath, first);
        yield return Turned("a part of a name typed", PortalUrls.AdminUsersPath, () => tab.GetByRole(AriaRole.Searchbox).FillAsync("son123"), first.Filter(new() { HasText = "person123" }));
        yield return Turned("nobody's name typed", PortalUrls.AdminUsersPath, () => tab.GetByRole(AriaRole.Searchbox).FillAsync("zzzqqq"), tab.GetByText("Nobody matches."));
        yield return Turned("blocked ones", PortalUrls.AdminUsersPath, () => tab.GetByRole(AriaRole.Link, new() { NameRegex = new("^Blocked") }).ClickAsync(), first.Filter(new() { HasText = "Blocked" }));
        yield return Turned("sorted the other way", PortalUrls.AdminUsersPath, () => tab.GetByRole(AriaRole.Link, new() { Name = "Person", Exact = true }).ClickAsync(), tab.Locator("th[aria-sort=descending]"));
        yield return Turned("the last page", PortalUrls.AdminUsersPath, () => tab.GetByRole(AriaRole.Link, new() { Name = "Last", Exact = true }).ClickAsync(), tab.Locator(".list-pages li a", new() { HasText = "Previous" }));
        yield return Opened("sessions", PortalUrls.AdminSessionsPath, first);
        yield return Opened("sessions of a country, browser and system", $"{PortalUrls.AdminSessionsPath}?country=DE&browser=Chrome&system=Windows", first);
        yield return Opened("domains", PortalUrls.AdminDomainsPath, first);
        yield return Opened("online now", PortalUrls.AdminPath, tab.GetByRole(AriaRole.Heading, new() { Level = 1 }));

        (string, Func<Task>, Func<Task>, ILocator) Opened(string name, string address, ILocator seen) =>
            (name, () => tab.GotoAsync("about:blank"), () => tab.GotoAsync(address, new() { WaitUntil = WaitUntilState.Commit }), seen);

        (string, Func<Task>, Func<Task>, ILocator) Turned(string name, string address, Func<Task> act, ILocator seen) => (name, () => OpenAsync(address), act, seen);

        async Task OpenAsync(string address)
        {
            await tab.GotoAsync(address);
            // Rows can be ticked as soon as the page's circuit is there.
            await Expect(tab.GetByRole(AriaRole.Checkbox).First).ToBeEnabledAsync();
        }
    }
}
