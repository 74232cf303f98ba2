using Portal.Benchmarks.Figures;
using Portal.Benchmarks.Servers;

namespace Portal.Benchmarks.Loads;

/// <summary>Somebody at an open page, who asks for something twenty times a second.</summary>
internal static class OpenPage
{
    private static readonly TimeSpan AskInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>How long the answers take: in turn the page's own sign of life and the whole page.</summary>
    public static async Task<object> WatchAsync(HttpClient http, Site site, TimeSpan duration, CancellationToken cancellationToken)
    {
        List<double> signs = [];
        List<double> pages = [];
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(AskInterval);
        while (TimeProvider.System.GetElapsedTime(started) < duration && await timer.WaitForNextTickAsync(cancellationToken))
        {
            var isSign = signs.Count == pages.Count;
            using var request = isSign
                ? new HttpRequestMessage(HttpMethod.Post, site.At(PortalUrls.SeenPath))
                : new HttpRequestMessage(HttpMethod.Get, site.At(site.Paths.Live));
            request.Headers.Add("Cookie", site.Cookies[0]);
            var asked = TimeProvider.System.GetTimestamp();
            using var answer = await http.SendAsync(request, cancellationToken);
            answer.EnsureSuccessStatusCode();
            (isSign ? signs : pages).Add(TimeProvider.System.GetElapsedTime(asked).TotalMilliseconds);
        }

        return new { Sign = Spread.Of(signs), Page = Spread.Of(pages) };
    }
}
