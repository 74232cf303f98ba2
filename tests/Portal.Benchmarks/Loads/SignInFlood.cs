using System.Globalization;
using System.Net;
using Portal.Benchmarks.Servers;
using Portal.Testing;

namespace Portal.Benchmarks.Loads;

/// <summary>Many people who sign in at the same time, by the form, each again and again in a browser of its own.</summary>
internal sealed class SignInFlood(Site portal, int atOnce)
{
    /// <summary>How many sign-ins there were: the page, the form, the redirect of a new session.</summary>
    public async Task<(int Count, double PerSecond)> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var done = 0;
        var started = TimeProvider.System.GetTimestamp();
        await Parallel.ForAsync(1, atOnce + 1, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, async (person, token) =>
        {
            while (TimeProvider.System.GetElapsedTime(started) < duration)
            {
                await SignInAsync(person, token);
                Interlocked.Increment(ref done);
            }
        });
        return (done, done / TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }

    private async Task SignInAsync(int person, CancellationToken cancellationToken)
    {
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = portal.Server.BaseAddress };
        using var answer = await PortalHost.PostFormAsync(
            browser, PortalUrls.SignInPath, "sign-in",
            [new("Input.Login", PortalSite.EmailOf(person)), new("Input.Password", PortalHost.DefaultPassword)], cancellationToken);
        if (answer.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.SeeOther))
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"A sign-in was answered with {(int)answer.StatusCode}."));
        }
    }
}
