using System.CommandLine;
using Portal.Benchmarks.Figures;
using Portal.Benchmarks.Servers;

namespace Portal.Benchmarks.Verbs;

/// <summary><c>start</c>: from the start of the process to the first sign-in page, beside the stock template.</summary>
internal static class StartVerb
{
    public static Command Make()
    {
        var rounds = CountOption.Of("--rounds", 9, "How often each site is started.");
        var verb = new Command("start", "Measure the time to the first sign-in page on a database that is ready, beside the stock template.") { rounds };
        verb.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(rounds), cancellationToken));
        return verb;
    }

    private static async Task RunAsync(int rounds, CancellationToken cancellationToken)
    {
        Report.Begin();
        var (portalBuild, stockBuild) = await Sites.PublishAsync(cancellationToken);
        // The first start of each applies migrations, makes keys and fills the system's cache of files.
        await using var portalData = await PortalSite.StartAsync(portalBuild, people: 1, isObserved: false, cancellationToken);
        await using var stockData = await StockSite.StartAsync(stockBuild, checksEachRequest: false, isObserved: false, cancellationToken);
        await portalData.Server.DisposeAsync();
        await stockData.Server.DisposeAsync();

        List<ServerProcess> portal = [];
        List<ServerProcess> stock = [];
        for (var round = 1; round <= rounds; round++)
        {
            Report.Say($"round {round} of {rounds}");
            await using (var server = await PortalSite.StartAsync(portalBuild, portalData.Data, isObserved: false, cancellationToken))
            {
                portal.Add(server);
            }

            await using (var server = await StockSite.StartAsync(stockBuild, stockData.Data, checksEachRequest: false, isObserved: false, cancellationToken))
            {
                stock.Add(server);
            }
        }

        var (ours, theirs) = (Cost.Of(portal), Cost.Of(stock));
        Report.Print("start", new
        {
            Rounds = rounds,
            Portal = ours,
            Stock = theirs,
            Ratio = Rounded.Ratio(ours.Ms, theirs.Ms),
            ProcessorRatio = Rounded.Ratio(ours.ProcessorMs, theirs.ProcessorMs),
        });
    }

    /// <param name="Ms">From the start of the process to the first answer.</param>
    /// <param name="ProcessorMs">The processor time used by then.</param>
    private sealed record Cost(double Ms, double ProcessorMs)
    {
        public static Cost Of(IReadOnlyList<ServerProcess> starts) => new(
            Spread.Median(starts.Select(server => server.StartedIn.TotalMilliseconds)),
            Spread.Median(starts.Select(server => server.StartedWith.TotalMilliseconds)));
    }
}
