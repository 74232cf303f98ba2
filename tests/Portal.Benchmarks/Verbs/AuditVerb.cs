using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Benchmarks.Figures;
using Portal.Benchmarks.Loads;
using Portal.Testing;

namespace Portal.Benchmarks.Verbs;

/// <summary><c>audit</c>: how many security events a second are written, linked into the chain and verified.</summary>
internal static class AuditVerb
{
    /// <summary>How many write at once, each an event in a transaction of its own.</summary>
    private const int Writers = 8;

    public static Command Make()
    {
        var events = CountOption.Of("--events", 200_000, "How many events are linked and verified; a twentieth of them is written one by one.");
        var verb = new Command("audit", "Measure the log of security events: written, linked and verified.") { events };
        verb.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetValue(events), cancellationToken));
        return verb;
    }

    private static async Task RunAsync(int events, CancellationToken cancellationToken)
    {
        Report.Begin();
        // Its own clock stands still, so that nothing is linked before it is asked.
        await using var host = await PortalHost.StartAsync();
        var user = await host.CreateUserAsync();
        var contexts = host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>();
        var log = host.Services.GetRequiredService<AuditLog>();
        var chain = host.Services.GetRequiredService<AuditChain>();
        var rows = 0;
        var oneByOne = Math.Max(Writers, events / 20);
        Report.Say("one row a transaction, of no log");
        await WriteAsync(oneByOne / 10, Plain);
        var plain = await WriteAsync(oneByOne, Plain);
        Report.Say("one event a transaction");
        await WriteAsync(oneByOne / 10, Event);
        var written = await WriteAsync(oneByOne, Event);
        Report.Say("the same while they are linked");
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var linking = LinkAsync(chain, writing.Token);
        var whileLinked = await WriteAsync(oneByOne, Event);
        await writing.CancelAsync();
        await linking;
        Report.Say($"making {events} events");
        await using (var context = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var last = await context.AuditEvents.MaxAsync(row => row.Id, cancellationToken);
            await RowCopies.MakeAsync(context, "AuditEvents", "\"Id\" = @id", last, events, new Dictionary<string, string>
            {
                ["Id"] = "\"Id\" + n",
                ["Position"] = "NULL",
                ["Hash"] = "NULL",
            }, cancellationToken);
        }

        Report.Say("linking");
        var linked = await ASecondAsync(() => chain.LinkAsync(cancellationToken));
        Report.Say("verifying");
        var verified = await ASecondAsync(async () => (int)(await host.Services.GetRequiredService<IAuditAdmin>().VerifyAsync(cancellationToken: cancellationToken)).Count);
        Report.Print("audit", new { Events = events, PlainASecond = plain, WrittenASecond = written, WrittenWhileLinkedASecond = whileLinked, LinkedASecond = linked, VerifiedASecond = verified });

        Task<double> WriteAsync(int count, Func<PortalDbContext, Task> add) => ASecondAsync(async () =>
        {
            await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken }, async (_, cancellation) =>
            {
                await using var context = await contexts.CreateDbContextAsync(cancellation);
                await add(context);
                await context.SaveChangesAsync(cancellation);
            });
            return count;
        });

        Task Event(PortalDbContext context) => log.AddAsync(
            context,
            new AuditEntry(AuditKind.SignedIn, user.Id) { ActorId = user.Id, Origin = new AuditOrigin("198.51.100.7", "CH", "Firefox", "Linux"), Details = new Dictionary<string, object?> { ["method"] = "password" } },
            cancellationToken);

        Task Plain(PortalDbContext context)
        {
            context.DomainCategories.Add(new DomainCategory { Name = Interlocked.Increment(ref rows).ToString(CultureInfo.InvariantCulture) });
            return Task.CompletedTask;
        }
    }

    /// <summary>As the portal does it by itself: what there is, once a second.</summary>
    private static async Task LinkAsync(AuditChain chain, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(AuditChain.LinkInterval, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await chain.LinkAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // All is written.
        }
    }

    private static async Task<double> ASecondAsync(Func<Task<int>> run)
    {
        var started = TimeProvider.System.GetTimestamp();
        var count = await run();
        return Math.Round(count / TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }
}
