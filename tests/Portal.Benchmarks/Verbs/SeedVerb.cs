using System.CommandLine;
using Portal.Benchmarks.Figures;
using Portal.Benchmarks.Loads;
using Portal.Testing;

namespace Portal.Benchmarks.Verbs;

/// <summary><c>seed</c>: a large site on SQLite, to be looked at in a browser.</summary>
internal static class SeedVerb
{
    public static Command Make()
    {
        var folder = new Argument<DirectoryInfo>("FOLDER") { Description = "A data directory for the portal, new or empty." };
        var users = CountOption.Of("--users", 1_000_000, "How many users, and as many sessions.");
        var verb = new Command("seed", "Make a database of many users, sessions, roles and domains. Start the portal on it with Portal__DataDirectory=FOLDER.") { folder, users };
        verb.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(folder), parsed.GetValue(users), cancellationToken));
        return verb;
    }

    private static async Task RunAsync(DirectoryInfo folder, int users, CancellationToken cancellationToken)
    {
        Report.Begin();
        if (folder.Exists && folder.EnumerateFileSystemInfos().Any())
        {
            throw new InvalidOperationException($"{folder} is not empty.");
        }

        folder.Create();
        var started = TimeProvider.System.GetTimestamp();
        await using (var host = await PortalHost.StartAsync(options => (options.DataDirectory, options.UseRealClock) = (folder.FullName, true)))
        {
            await ManyUsers.AddAsync(host, users, cancellationToken);
        }

        Report.Print("seed", new { Users = users, Seconds = Rounded.To3(TimeProvider.System.GetElapsedTime(started).TotalSeconds), Administrator = "admin@example.org", Password = PortalHost.DefaultPassword });
    }
}
