using System.CommandLine;
using Portal.Benchmarks.Figures;
using Portal.Benchmarks.Loads;
using Portal.Benchmarks.Servers;

namespace Portal.Benchmarks.Verbs;

/// <summary><c>signin</c>: the sign-in page beside the stock template's, and what a flood of sign-ins reaches and does to others.</summary>
internal static class SignInVerb
{
    private const int People = 64;

    public static Command Make()
    {
        var requests = CountOption.Of("--requests", 2000, "How often a round fetches each site's sign-in page.");
        var rounds = CountOption.Of("--rounds", 5, "How many rounds.");
        var seconds = CountOption.Of("--seconds", 20, "How long the flood lasts, and how long each measurement beside it.");
        var atOnce = CountOption.Of("--at-once", 32, "How many people sign in at the same time.");
        atOnce.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() > People)
            {
                result.AddError($"At most {People} people can sign in at the same time.");
            }
        });
        var verb = new Command("signin", "Measure the sign-in page and a flood of sign-ins.") { requests, rounds, seconds, atOnce };
        verb.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(requests), parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(atOnce), cancellationToken));
        return verb;
    }

    private static async Task RunAsync(int requests, int rounds, TimeSpan duration, int atOnce, CancellationToken cancellationToken)
    {
        Report.Begin();
        var (portalBuild, stockBuild) = await Sites.PublishAsync(cancellationToken);
        Report.Say($"registering {People} people");
        await using var portal = await PortalSite.StartAsync(portalBuild, People + 1, isObserved: true, cancellationToken, areHashesReal: true);
        object page;
        await using (var stock = await StockSite.StartAsync(stockBuild, checksEachRequest: false, isObserved: true, cancellationToken))
        {
            page = await PageAsync([portal, stock], requests, rounds, cancellationToken);
        }

        Report.Say("hashing alone");
        var hashes = BareHashing.PerSecond(duration / 4);
        Report.Say("a page without a flood");
        using var http = Http.Client();
        var calm = await OpenPage.WatchAsync(http, portal, duration / 2, cancellationToken);
        Report.Say($"{atOnce} people signing in at a time");
        var flood = new SignInFlood(portal, atOnce);
        // The first seconds are the compiler's, and let the queue fill.
        await flood.RunAsync(TimeSpan.FromSeconds(3), cancellationToken);
        var busyBefore = await portal.Server.ProcessorTimeAsync(cancellationToken);
        var (signIns, busy) = (flood.RunAsync(duration, cancellationToken), OpenPage.WatchAsync(http, portal, duration, cancellationToken));
        await Task.WhenAll(signIns, busy);
        var busyFor = await portal.Server.ProcessorTimeAsync(cancellationToken) - busyBefore;

        Report.Print("signin", new
        {
            Page = page,
            HashesPerSecond = Rounded.To3(hashes),
            SignInsPerSecond = Rounded.To3((await signIns).PerSecond),
            Share = Rounded.Ratio((await signIns).PerSecond, hashes),
            HashProcessorMs = Rounded.To3(Environment.ProcessorCount * 1000 / hashes),
            SignInProcessorMs = Rounded.To3(busyFor.TotalMilliseconds / (await signIns).Count),
            OpenPageCalm = calm,
            OpenPageInFlood = await busy,
        });
    }

    private static async Task<object> PageAsync(IReadOnlyList<Site> sites, int requests, int rounds, CancellationToken cancellationToken)
    {
        using var http = Http.Client();
        var times = sites.ToDictionary(site => site.Name, _ => new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            Report.Say(round == 0 ? "the sign-in page: warming up" : $"the sign-in page: round {round} of {rounds}");
            foreach (var site in sites)
            {
                var time = await Requests.ProcessorTimeAsync(http, site.Server, site.At(site.Paths.SignIn), cookie: null, requests, cancellationToken);
                if (round > 0)
                {
                    times[site.Name].Add(time);
                }
            }
        }

        var weights = await PageWeight.OfAsync(sites.Select(site => site.At(site.Paths.SignIn)));
        return sites.Zip(weights).ToDictionary(
            pair => pair.First.Name, pair => new { ProcessorMs = Spread.Median(times[pair.First.Name]), Transferred = pair.Second });
    }
}
