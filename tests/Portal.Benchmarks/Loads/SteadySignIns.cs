using System.Net;
using Portal.Benchmarks.Figures;
using Portal.Testing;

namespace Portal.Benchmarks.Loads;

/// <summary>One person after the other signs in, ten times a second, while something else goes on.</summary>
internal static class SteadySignIns
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the form's answer takes: a cheap hash, so that the time is the database's.</summary>
    public static async Task<Spread> RunAsync(PortalHost host, TestUser user, Task meanwhile, CancellationToken cancellationToken)
    {
        List<double> times = [];
        using var timer = new PeriodicTimer(Interval);
        while (!meanwhile.IsCompleted)
        {
            using var browser = host.CreateClient();
            var form = (await PortalHost.OpenFormAsync(browser, PortalUrls.SignInPath, "sign-in", cancellationToken))
                .With("Input.Login", user.Email).With("Input.Password", user.Password);
            var sent = TimeProvider.System.GetTimestamp();
            using var answer = await browser.PostAsync(PortalUrls.SignInPath, form.ToContent(), cancellationToken);
            if (answer.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.SeeOther))
            {
                throw new InvalidOperationException($"A sign-in was answered with {answer.StatusCode}.");
            }

            times.Add(TimeProvider.System.GetElapsedTime(sent).TotalMilliseconds);
            await timer.WaitForNextTickAsync(cancellationToken);
        }

        return Spread.Of(times);
    }
}
