using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Administration;
using Portal.Benchmarks.Figures;
using Portal.Benchmarks.Loads;
using Portal.Testing;

namespace Portal.Benchmarks.Verbs;

/// <summary><c>sweep</c>: how fast expired sessions are ended and old ones forgotten, and whether sign-ins notice.</summary>
internal static class SweepVerb
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);

    public static Command Make()
    {
        var rows = CountOption.Of("--rows", 1_000_000, "How many sessions have expired.");
        var verb = new Command("sweep", "Measure the cleaning of expired sessions and what sign-ins notice of it.") { rows };
        verb.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(rows), cancellationToken));
        return verb;
    }

    private static async Task RunAsync(int rows, CancellationToken cancellationToken)
    {
        Report.Begin();
        // Its own clock stands still, so that its timers do not clean before they are asked.
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        Report.Say($"making {rows} expired sessions");
        await ManySessions.AddExpiredAsync(host, rows, cancellationToken);
        Report.Say("signing in without cleaning");
        await SteadySignIns.RunAsync(host, user, Task.Delay(Calm, cancellationToken), cancellationToken);
        var calm = await SteadySignIns.RunAsync(host, user, Task.Delay(Calm, cancellationToken), cancellationToken);
        Report.Say("ending");
        var ending = await CleanAsync(host, user, cancellationToken);
        await ManySessions.AgeEndedAsync(host, cancellationToken);
        Report.Say("forgetting");
        var forgetting = await CleanAsync(host, user, cancellationToken);
        Report.Print("sweep", new { Rows = rows, SignInCalm = calm, Ending = ending, Forgetting = forgetting });
    }

    private static async Task<object> CleanAsync(PortalHost host, TestUser user, CancellationToken cancellationToken)
    {
        var admin = host.Services.GetRequiredService<ISessionAdmin>();
        var started = TimeProvider.System.GetTimestamp();
        var cleaning = Task.Run(async () =>
        {
            var (ended, deleted) = (await admin.CleanAsync(Operator.CommandLine, cancellationToken))!.Value;
            return (Rows: ended + deleted, Took: TimeProvider.System.GetElapsedTime(started));
        }, cancellationToken);
        var signIns = await SteadySignIns.RunAsync(host, user, cleaning, cancellationToken);
        var (rows, took) = await cleaning;
        return new { Rows = rows, Seconds = Rounded.To3(took.TotalSeconds), RowsPerSecond = Math.Round(rows / took.TotalSeconds), SignIn = signIns };
    }
}
