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

        List<double> portal = [];
        List<double> stock = [];
        for (var round = 1; round <= rounds; round++)
        {
            Report.Say($"round {round} of {rounds}");
            await using (var server = await PortalSite.StartAsync(portalBuild, portalData.Data, isObserved: false, cancellationToken))
            {
                portal.Add(server.StartedIn.TotalMilliseconds);
            }

            await using (var server = await StockSite.StartAsync(stockBuild, stockData.Data, checksEachRequest: false, isObserved: false, cancellationToken))
            {
                stock.Add(server.StartedIn.TotalMilliseconds);
            }
        }

        Report.Print("start", new
        {
            Rounds = rounds,
            PortalMs = Spread.Median(portal),
            StockMs = Spread.Median(stock),
            Ratio = Rounded.Ratio(Spread.Median(portal), Spread.Median(stock)),
        });
    }
}
