using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Benchmarks.Circuits;
using Portal.Benchmarks.Figures;
using Portal.Benchmarks.Loads;
using Portal.Testing;

namespace Portal.Benchmarks.Verbs;

/// <summary><c>end-many</c>: all sessions of one person at once, some of them with open pages.</summary>
internal static class EndManyVerb
{
    public static Command Make()
    {
        var sessions = CountOption.Of("--sessions", 10_000, "How many sessions the person has.");
        var circuits = CountOption.Of("--circuits", 20, "How many of them have an open page.");
        var rounds = CountOption.Of("--rounds", 5, "How often.");
        var verb = new Command("end-many", "Measure the end of all sessions of one person.") { sessions, circuits, rounds };
        verb.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(sessions), parsed.GetValue(circuits), parsed.GetValue(rounds), cancellationToken));
        return verb;
    }

    private static async Task RunAsync(int sessions, int circuits, int rounds, CancellationToken cancellationToken)
    {
        Report.Begin();
        var statements = new StatementCounter();
        await using var host = await PortalHost.StartAsync(options =>
        {
            (options.UseKestrel, options.UseRealClock) = (true, true);
            options.ConfigureServices = services => services.ConfigureDbContext<SqlitePortalDbContext>(database => database.AddInterceptors(statements));
        });
        using var http = Http.Client();
        List<double> ended = [];
        List<double> left = [];
        IReadOnlyDictionary<string, int> counted = new Dictionary<string, int>();
        for (var round = 0; round <= rounds; round++)
        {
            Report.Say(round == 0 ? "warming up" : $"round {round} of {rounds}");
            await using var tabs = new OpenTabs();
            var user = await SignInAsync(host, http, tabs, sessions, circuits, cancellationToken);
            statements.Begin();
            var started = TimeProvider.System.GetTimestamp();
            var count = await host.Services.GetRequiredService<ISessionAdmin>().EndAsync(
                SessionChoice.Matching(new SessionSearch { User = user.Id.ToString(CultureInfo.InvariantCulture) }), Operator.CommandLine, cancellationToken)
                is AdminOutcome.Done done ? done.EndedSessions : 0;
            var took = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
            counted = statements.End();
            if (count != sessions)
            {
                throw new InvalidOperationException($"{count} sessions ended instead of {sessions}.");
            }

            foreach (var tab in tabs.Circuits)
            {
                var gone = TimeProvider.System.GetElapsedTime(started, await tab.Left.WaitAsync(cancellationToken)).TotalMilliseconds;
                left.AddRange(round > 0 ? [gone] : []);
            }

            ended.AddRange(round > 0 ? [took] : []);
        }

        Report.Print("end-many", new { Sessions = sessions, Circuits = circuits, EndMs = Spread.Of(ended), PagesLeft = Spread.Of(left), Statements = counted });
    }

    /// <summary>The open pages first, at rest: each lists what its person has, and they need not list thousands.</summary>
    private static async Task<TestUser> SignInAsync(
        PortalHost host, HttpClient http, OpenTabs tabs, int sessions, int circuits, CancellationToken cancellationToken)
    {
        var user = await host.CreateUserAsync();
        var page = new Uri(host.BaseAddress, PortalUrls.SessionsPath);
        List<(string? Cookie, PageMarkers Markers)> loaded = [];
        var last = "";
        for (var tab = 0; tab < Math.Min(circuits, sessions); tab++)
        {
            using var client = await host.BeginSessionAsync(user);
            var cookie = host.CookiesOf(client).GetCookieHeader(host.BaseAddress);
            loaded.Add((cookie, await LightCircuit.LoadAsync(http, page, cookie, cancellationToken)));
            last = (await host.SessionIdOfAsync(client, cancellationToken))!;
        }

        await tabs.OpenAsync(http, page, loaded, atOnce: 4, cancellationToken);
        await tabs.SettleAsync(cancellationToken);
        await ManySessions.AddLiveAsync(host, last, sessions - tabs.Circuits.Count, cancellationToken);
        return user;
    }
}
