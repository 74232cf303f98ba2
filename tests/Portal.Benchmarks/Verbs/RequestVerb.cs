using System.CommandLine;
using Portal.Benchmarks.Figures;
using Portal.Benchmarks.Loads;
using Portal.Benchmarks.Servers;

namespace Portal.Benchmarks.Verbs;

/// <summary><c>request</c>: what it costs the server to know who asks.</summary>
internal static class RequestVerb
{
    public static Command Make()
    {
        var requests = CountOption.Of("--requests", 2000, "How many requests of each kind a round sends.");
        var rounds = CountOption.Of("--rounds", 7, "How often; the figures are medians over the rounds.");
        var verb = new Command("request", "Measure the processor time that a signed-in request adds, beside the stock template.") { requests, rounds };
        verb.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(requests), parsed.GetValue(rounds), cancellationToken));
        return verb;
    }

    private static async Task RunAsync(int requests, int rounds, CancellationToken cancellationToken)
    {
        Report.Begin();
        var (portalBuild, stockBuild) = await Sites.PublishAsync(cancellationToken);
        await using var portal = await PortalSite.StartAsync(portalBuild, people: 1, isObserved: true, cancellationToken);
        await using var stock = await StockSite.StartAsync(stockBuild, checksEachRequest: false, isObserved: true, cancellationToken);
        await using var checking = await StockSite.StartAsync(stockBuild, checksEachRequest: true, isObserved: true, cancellationToken);
        using var http = Http.Client();
        List<Visit> visits = [.. ((Site[])[portal, stock, checking]).SelectMany(site => (Visit[])[new(site, "file", site.Paths.File), new(site, "page", site.Paths.Page)])];

        Report.Say("warming up");
        foreach (var visit in visits)
        {
            await visit.MeasureAsync(http, Math.Max(requests, 1000), cancellationToken);
            visit.Forget();
        }

        for (var round = 1; round <= rounds; round++)
        {
            Report.Say($"round {round} of {rounds}");
            // In turn, so that whatever else the machine does meets all of them.
            foreach (var visit in visits)
            {
                await visit.MeasureAsync(http, requests, cancellationToken);
            }
        }

        Report.Print("request", visits.GroupBy(visit => visit.Site.Name).ToDictionary(
            site => site.Key, site => site.ToDictionary(visit => visit.Kind, visit => visit.ToFigures())));
    }

    /// <summary>One address of one site, asked for by somebody and by nobody.</summary>
    private sealed class Visit(Site site, string kind, string path)
    {
        private readonly List<(double Anonymous, double SignedIn)> measured = [];

        public Site Site => site;

        public string Kind => kind;

        public void Forget() => measured.Clear();

        public async Task MeasureAsync(HttpClient http, int requests, CancellationToken cancellationToken) => measured.Add((
            await Requests.ProcessorTimeAsync(http, site.Server, site.At(path), cookie: null, requests, cancellationToken),
            await Requests.ProcessorTimeAsync(http, site.Server, site.At(path), site.Cookies[0], requests, cancellationToken)));

        public object ToFigures() => new
        {
            AnonymousMs = Spread.Median(measured.Select(round => round.Anonymous)),
            SignedInMs = Spread.Median(measured.Select(round => round.SignedIn)),
            AddedMs = Spread.Median(measured.Select(round => round.SignedIn - round.Anonymous)),
        };
    }
}
