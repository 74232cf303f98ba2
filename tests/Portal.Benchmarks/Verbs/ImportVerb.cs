using System.CommandLine;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;
using Portal.Accounts.Transfer;
using Portal.Benchmarks.Figures;
using Portal.Benchmarks.Loads;
using Portal.Testing;

namespace Portal.Benchmarks.Verbs;

/// <summary><c>import</c>: many users from files and into them, beside saving as many by the change tracker and copying them by SQLite alone.</summary>
internal static class ImportVerb
{
    private const int Saved = 20_000;
    private const int SavedAtOnce = 1_000;
    private const int Domains = 200;

    /// <summary>Made elsewhere; nobody knows its password.</summary>
    private const string Hash = "$pbkdf2-sha512$25000$AAECAwQFBgcICQoLDA0ODw$wBggU5cLhnlUDfSXkQ50CX8cQCS8q9X1adt1sMGDNNmEqav0R4RcaTHPwYH2U9H8Avz1eWwLVdbd8kOFKk9WbA";

    public static Command Make()
    {
        var users = CountOption.Of("--users", 1_000_000, "How many users.");
        var verb = new Command("import", "Measure taking in files of users, and writing them.") { users };
        verb.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(users), cancellationToken));
        return verb;
    }

    private static async Task RunAsync(int users, CancellationToken cancellationToken)
    {
        Report.Begin();
        Report.Say("saving by the change tracker");
        var saved = await SaveAsync(cancellationToken);
        var plain = await TakeInAsync(users, Plain, cancellationToken);
        var unordered = await TakeInAsync(users, Unordered, cancellationToken);
        var whole = await TakeInAsync(users, Whole, cancellationToken);
        Report.Print("import", new
        {
            Users = users,
            Plain = plain,
            Unordered = unordered,
            Whole = whole,
            ByChangeTrackerASecond = Math.Round(saved),
            Ratio = Rounded.Ratio(whole.ImportedASecond, saved),
        });
    }

    /// <summary>Into a portal of its own, out of it again, and by SQLite alone into another.</summary>
    private static async Task<Figures> TakeInAsync(int users, Func<int, int, string> line, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("portal-import-");
        try
        {
            var file = Path.Combine(folder.FullName, "users.jsonl");
            Report.Say("writing the file");
            await using (var text = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16))
            {
                for (var number = 1; number <= users; number++)
                {
                    await text.WriteLineAsync(line(number, users).AsMemory(), cancellationToken);
                }
            }

            await using var host = await PortalHost.StartAsync(options =>
            {
                options.UseRealClock = true;
                options.Settings["Passwords:LegacyPepper"] = "not needed to take a hash in";
            });
            var transfer = host.Services.GetRequiredService<ITransferAdmin>();

            Report.Say("importing");
            var (started, processor) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
            ImportOutcome outcome;
            await using (var input = File.OpenRead(file))
            {
                outcome = await transfer.ImportAsync(input, new ImportRequest(TransferFormat.JsonLines), cancellationToken);
            }

            var imported = outcome.Imported / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            var busy = (Environment.CpuUsage.TotalTime - processor) / outcome.Imported;
            Report.Say("exporting");
            started = TimeProvider.System.GetTimestamp();
            long exported;
            await using (var output = File.Create(Path.Combine(folder.FullName, "out.jsonl")))
            {
                exported = await transfer.ExportAsync(output, new ExportRequest(TransferFormat.JsonLines), cancellationToken);
            }

            var exportedASecond = exported / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            Report.Say("copying by SQLite alone");
            var bare = await BareCopy.RunAsync(host, FileBatches.MaxLines, cancellationToken);
            return new Figures(
                outcome.Refused, Math.Round(imported), Math.Round(busy.TotalMicroseconds, 1), Math.Round(bare), Rounded.Ratio(imported, bare), Math.Round(exportedASecond));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>An address, a username and a password, as somebody has who did no more than register and confirm.</summary>
    private static string Plain(int number, int users) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"email":"person{{number}}@domain{{number % Domains}}.example","username":"person{{number}}","password":"{{Hash}}","active":true,"confirmed_at":"2019-05-06T07:08:09Z","created":"2018-01-01T00:00:00Z"}
        """);

    /// <summary>The same, with names in no order, as people choose them: each touches a page of its own in both unique indexes.</summary>
    private static string Unordered(int number, int users) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"email":"{{unchecked((uint)number * 2654435761):x8}}@domain{{number % Domains}}.example","username":"{{unchecked((uint)number * 2246822519):x8}}","password":"{{Hash}}","active":true,"confirmed_at":"2019-05-06T07:08:09Z","created":"2018-01-01T00:00:00Z"}
        """);

    /// <summary>With a profile, preferences, an external identity and sign-ins: three rows.</summary>
    private static string Whole(int number, int users) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"email":"person{{number}}@domain{{number % Domains}}.example","username":"person{{number}}","password":"{{Hash}}","active":true,"confirmed_at":"2019-05-06T07:08:09Z","created":"2018-01-01T00:00:00Z","profile":{"full_name":"Person {{number * 7919L % users}}","affiliations":"Somewhere"},"preferences":{"visibility":"public"},"identities":[{"method":"orcid","external_id":"{{number}}"}],"login":{"last_login_at":"2021-01-01T00:00:00Z","login_count":3} }
        """);

    /// <summary>Users and their sign-ins alone, as Entity Framework saves them, in batches of the same size.</summary>
    private static async Task<double> SaveAsync(CancellationToken cancellationToken)
    {
        await using var host = await PortalHost.StartAsync(options => options.UseRealClock = true);
        var contexts = host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        var started = TimeProvider.System.GetTimestamp();
        for (var first = 1; first <= Saved; first += SavedAtOnce)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            for (var number = first; number < first + SavedAtOnce; number++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"person{number}");
                context.Users.Add(new User
                {
                    Email = name + "@example.org",
                    NormalizedEmail = name.ToUpperInvariant() + "@EXAMPLE.ORG",
                    UserName = name,
                    NormalizedUserName = name.ToUpperInvariant(),
                    Domain = "example.org",
                    PasswordHash = Hash,
                    Profile = "{\"full_name\":\"Person\"}",
                    LoginInformation = new LoginInformation { LoginCount = 3 },
                });
            }

            await context.SaveChangesAsync(cancellationToken);
        }

        return Saved / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    private sealed record Figures(long Refused, double ImportedASecond, double ProcessorMicroseconds, double BareASecond, double OfBare, double ExportedASecond);
}
