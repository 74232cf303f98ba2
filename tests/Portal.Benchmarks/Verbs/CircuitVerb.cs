using System.CommandLine;
using Portal.Benchmarks.Circuits;
using Portal.Benchmarks.Figures;
using Portal.Benchmarks.Loads;
using Portal.Benchmarks.Servers;

namespace Portal.Benchmarks.Verbs;

/// <summary><c>circuit</c>: what an open sessions page weighs and costs to open, beside the stock template's counter.</summary>
internal static class CircuitVerb
{
    private const int OpenAtOnce = 4;

    /// <summary>A page's descriptors are good for five minutes, so pages are loaded and their circuits opened in turns.</summary>
    private const int Turn = 100;

    /// <summary>So many that what runs on each page is compiled for good: until then the runtime's own work is measured, not the page's.</summary>
    private const int WarmUp = 600;

    public static Command Make()
    {
        var circuits = CountOption.Of("--circuits", 500, "How many circuits to open on each site.");
        var verb = new Command("circuit", "Measure memory and processor time of a circuit, beside the stock template's counter page.") { circuits };
        verb.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(circuits), cancellationToken));
        return verb;
    }

    private static async Task RunAsync(int circuits, CancellationToken cancellationToken)
    {
        Report.Begin();
        var warmUp = Math.Min(circuits, WarmUp);
        var (portalBuild, stockBuild) = await Sites.PublishAsync(cancellationToken);
        Cost portal, stock;
        Report.Say($"signing {circuits + warmUp} people in");
        await using (var site = await PortalSite.StartAsync(portalBuild, circuits + warmUp, isObserved: true, cancellationToken))
        {
            portal = await MeasureAsync(site, circuits, warmUp, cancellationToken);
        }

        await using (var site = await StockSite.StartAsync(stockBuild, checksEachRequest: false, isObserved: true, cancellationToken))
        {
            stock = await MeasureAsync(site, circuits, warmUp, cancellationToken);
        }

        Report.Print("circuit", new
        {
            Circuits = circuits,
            Portal = portal,
            Stock = stock,
            Ratio = new
            {
                Heap = Rounded.Ratio(portal.HeapKb, stock.HeapKb),
                Process = Rounded.Ratio(portal.ProcessKb, stock.ProcessKb),
                Open = Rounded.Ratio(portal.OpenMs, stock.OpenMs),
                PageAndOpen = Rounded.Ratio(portal.PageMs + portal.OpenMs, stock.PageMs + stock.OpenMs),
            },
            TrackerBytes = Tracker.BytesPerCircuit(),
        });
    }

    private static async Task<Cost> MeasureAsync(Site site, int circuits, int warmUp, CancellationToken cancellationToken)
    {
        using var http = Http.Client();
        await using var tabs = new OpenTabs();
        Report.Say($"{site.Name}: warming up with {warmUp} circuits");
        await OpenAsync(http, site, tabs, from: 0, warmUp, cancellationToken);
        await tabs.SettleAsync(cancellationToken);
        var before = await site.Server.MemoryAsync(cancellationToken);

        Report.Say($"{site.Name}: opening {circuits} circuits");
        var (page, open) = await OpenAsync(http, site, tabs, warmUp, circuits, cancellationToken);
        await tabs.SettleAsync(cancellationToken);
        var after = await site.Server.MemoryAsync(cancellationToken);
        return new Cost(
            Rounded.Kilobytes((double)(after.Heap - before.Heap) / circuits),
            Rounded.Kilobytes((double)(after.Process - before.Process) / circuits),
            Rounded.To3(after.Process / 1e9),
            Rounded.To3(page.TotalMilliseconds / circuits),
            Rounded.To3(open.TotalMilliseconds / circuits));
    }

    /// <summary>The server's processor time for the pages and for their circuits.</summary>
    private static async Task<(TimeSpan Page, TimeSpan Open)> OpenAsync(HttpClient http, Site site, OpenTabs tabs, int from, int count, CancellationToken cancellationToken)
    {
        var address = site.At(site.Paths.Live);
        var (page, open) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var turn in Enumerable.Range(from, count).Chunk(Turn))
        {
            var begun = await site.Server.ProcessorTimeAsync(cancellationToken);
            List<(string? Cookie, PageMarkers Markers)> loaded = [];
            foreach (var person in turn)
            {
                var cookie = site.Cookies[person % site.Cookies.Count];
                loaded.Add((cookie, await LightCircuit.LoadAsync(http, address, cookie, cancellationToken)));
            }

            var between = await site.Server.ProcessorTimeAsync(cancellationToken);
            await tabs.OpenAsync(http, address, loaded, OpenAtOnce, cancellationToken);
            page += between - begun;
            open += await site.Server.ProcessorTimeAsync(cancellationToken) - between;
        }

        return (page, open);
    }

    /// <param name="HeapKb">Managed memory of one circuit after all garbage was collected.</param>
    /// <param name="ProcessKb">Memory of the whole process for one circuit, its socket's compression among it.</param>
    /// <param name="ProcessGb">Memory of the whole process with all circuits open.</param>
    /// <param name="PageMs">Processor time to render the page that opens a circuit.</param>
    /// <param name="OpenMs">Processor time to open the circuit: from the negotiation to the last part drawn.</param>
    private sealed record Cost(double HeapKb, double ProcessKb, double ProcessGb, double PageMs, double OpenMs);
}
