using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Administration;
using Portal.Benchmarks.Circuits;
using Portal.Benchmarks.Figures;
using Portal.Benchmarks.Loads;
using Portal.BrowserTests;
using Portal.Testing;

namespace Portal.Benchmarks.Verbs;

/// <summary>
/// <c>leave</c>: from the end of a session to its open page's leaving, and from a role given or taken to its person's open page
/// being fetched anew, with other people's pages open meanwhile.
/// </summary>
internal static class LeaveVerb
{
    private const int OpenAtOnce = 4;
    private const string Role = "measured";

    public static Command Make()
    {
        var circuits = CountOption.Of("--circuits", 500, "How many circuits are open while one is sent away, that one among them.");
        var rounds = CountOption.Of("--rounds", 200, "How many sessions are ended, and roles given or taken, under a light client.");
        var browserRounds = CountOption.Of("--browser-rounds", 20, "How many sessions are ended under a real browser.");
        var verb = new Command("leave", "End sessions, give and take roles, and time how soon open pages follow.") { circuits, rounds, browserRounds };
        verb.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetValue(circuits), parsed.GetValue(rounds), parsed.GetValue(browserRounds), cancellationToken));
        return verb;
    }

    private static async Task RunAsync(int circuits, int rounds, int browserRounds, CancellationToken cancellationToken)
    {
        Report.Begin();
        await using var host = await PortalHost.StartAsync(options => (options.UseKestrel, options.UseRealClock) = (true, true));
        using var http = Http.Client();
        var page = new Uri(host.BaseAddress, PortalUrls.SessionsPath);
        await using var others = new OpenTabs();
        Report.Say($"opening {circuits - 1} circuits of other people");
        await OpenOthersAsync(host, http, page, others, circuits - 1, cancellationToken);

        Report.Say($"ending {rounds} sessions under a light client");
        var server = await LightAsync(host, http, page, rounds, cancellationToken);
        Report.Say($"giving and taking a role {rounds} times");
        var roles = await RolesAsync(host, http, page, rounds, cancellationToken);
        Report.Say($"ending {browserRounds} sessions under a real browser");
        var browser = await BrowserAsync(host, page, browserRounds);
        Report.Print("leave", new { Circuits = others.Circuits.Count + 1, EndToMessage = server, RoleToMessage = roles, EndToNavigation = browser });
    }

    /// <summary>Each of them somebody else's, signed in once.</summary>
    private static async Task OpenOthersAsync(PortalHost host, HttpClient http, Uri page, OpenTabs tabs, int count, CancellationToken cancellationToken)
    {
        for (var opened = 0; opened < count; opened += 100)
        {
            List<(string? Cookie, PageMarkers Markers)> loaded = [];
            for (var one = opened; one < Math.Min(count, opened + 100); one++)
            {
                var (cookie, _) = await SignInAsync(host, await host.CreateUserAsync(), cancellationToken);
                loaded.Add((cookie, await LightCircuit.LoadAsync(http, page, cookie, cancellationToken)));
            }

            await tabs.OpenAsync(http, page, loaded, OpenAtOnce, cancellationToken);
        }

        await tabs.SettleAsync(cancellationToken);
    }

    /// <summary>From the call to the message, in one process and so by one clock.</summary>
    private static async Task<Spread> LightAsync(PortalHost host, HttpClient http, Uri page, int rounds, CancellationToken cancellationToken)
    {
        var user = await host.CreateUserAsync();
        List<double> times = [];
        for (var round = 0; round < rounds + WarmUp(rounds); round++)
        {
            var (cookie, session) = await SignInAsync(host, user, cancellationToken);
            await using var circuit = await LightCircuit.OpenAsync(http, page, cookie, await LightCircuit.LoadAsync(http, page, cookie, cancellationToken), cancellationToken);
            var ended = TimeProvider.System.GetTimestamp();
            await host.EndSessionAsync(session, cancellationToken);
            var left = await circuit.Left.WaitAsync(cancellationToken);
            if (round >= WarmUp(rounds))
            {
                times.Add(TimeProvider.System.GetElapsedTime(ended, left).TotalMilliseconds);
            }
        }

        return Spread.Of(times);
    }

    /// <summary>From the call that gives or takes a role to the message by which its person's page is fetched anew.</summary>
    private static async Task<Spread> RolesAsync(PortalHost host, HttpClient http, Uri page, int rounds, CancellationToken cancellationToken)
    {
        var admin = host.Services.GetRequiredService<IRoleAdmin>();
        await admin.CreateAsync(Role, description: null, Operator.CommandLine, cancellationToken);
        var user = await host.CreateUserAsync();
        var (cookie, _) = await SignInAsync(host, user, cancellationToken);
        await using var circuit = await LightCircuit.OpenAsync(http, page, cookie, await LightCircuit.LoadAsync(http, page, cookie, cancellationToken), cancellationToken);
        List<double> times = [];
        for (var round = 0; round < rounds + WarmUp(rounds); round++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await (round % 2 == 0
                ? admin.AddAsync(user.Email, Role, Operator.CommandLine, cancellationToken)
                : admin.RemoveAsync(user.Email, Role, Operator.CommandLine, cancellationToken));
            var refreshed = await circuit.Refreshes.ReadAsync(cancellationToken);
            if (round >= WarmUp(rounds))
            {
                times.Add(TimeProvider.System.GetElapsedTime(began, refreshed).TotalMilliseconds);
            }
        }

        return Spread.Of(times);
    }

    /// <summary>From the call to the moment at which the next page began, as the browser has it.</summary>
    private static async Task<Spread?> BrowserAsync(PortalHost host, Uri page, int rounds)
    {
        if (RealBrowser.Find() is not { } path)
        {
            return null;
        }

        using var playwright = await Microsoft.Playwright.Playwright.CreateAsync();
        await using var browser = await RealBrowser.LaunchAsync(playwright, path);
        var user = await host.CreateUserAsync();
        List<double> times = [];
        for (var round = 0; round < rounds + WarmUp(rounds); round++)
        {
            var time = await BrowserTab.TimeToLeaveAsync(host, browser, user, page);
            if (round >= WarmUp(rounds))
            {
                times.Add(time);
            }
        }

        return Spread.Of(times);
    }

    /// <summary>The first ones pay for the compiler.</summary>
    private static int WarmUp(int rounds) => Math.Min(10, rounds);

    private static async Task<(string Cookie, string Session)> SignInAsync(PortalHost host, TestUser user, CancellationToken cancellationToken)
    {
        using var client = await host.BeginSessionAsync(user);
        return (host.CookiesOf(client).GetCookieHeader(host.BaseAddress), (await host.SessionIdOfAsync(client, cancellationToken))!);
    }
}
