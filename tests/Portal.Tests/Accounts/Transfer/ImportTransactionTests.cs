using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Events;
using Portal.Accounts.Transfer;
using Portal.Testing;

namespace Portal.Tests.Accounts.Transfer;

/// <summary>Batches are written in one transaction while nobody has to wait for it.</summary>
public sealed class ImportTransactionTests
{
    private const int Batches = 6;

    /// <summary>A hash whose password nobody knows.</summary>
    private const string Hash = "AQAAAAIAAYagAAAAEAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLw==";

    private const int People = Batches * FileBatches.MaxLines;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // While a batch is checked the one before it is written, and those before that are.
    [Fact]
    public async Task Is_shared_and_over_after_two_seconds_for_those_who_cannot_tell_that_they_wait()
    {
        Dictionary<int, long> visible = [];
        await using var host = await StartAsync((host, batch) =>
        {
            visible[batch] = Visible(host);
            if (batch == 1)
            {
                NobodyTells(host);
            }
            else if (batch == 4)
            {
                host.Clock.Advance(TimeSpan.FromSeconds(2));
            }
        });

        await ImportAsync(host, Lines());

        Assert.Equal(0, visible[4]);
        Assert.InRange(visible[6], 3 * FileBatches.MaxLines, People);
    }

    [Fact]
    public async Task Is_of_one_batch_for_whoever_has_not_the_lock_and_so_is_not_told()
    {
        Dictionary<int, long> visible = [];
        await using var host = await StartAsync((host, batch) => visible[batch] = Visible(host));
        using var held = host.Get<ImportLock>().TryTake()!;

        await ImportAsync(host, Lines());

        Assert.All(visible.Where(seen => seen.Key > 1), seen => Assert.InRange(seen.Value, (seen.Key - 2) * FileBatches.MaxLines, People));
    }

    [Fact]
    public async Task Is_over_while_the_next_batch_is_not_at_hand()
    {
        await using var host = await StartAsync((host, batch) =>
        {
            if (batch == 1)
            {
                NobodyTells(host);
            }
            else if (batch == 3)
            {
                // All together less than what ends it anyway.
                var another = Task.Run(() => DeleteNothing(host), Cancel);
                for (var waited = TimeSpan.Zero; !another.Wait(TimeSpan.FromMilliseconds(50), Cancel); waited += TimeSpan.FromMilliseconds(100))
                {
                    host.Clock.Advance(waited < TimeSpan.FromSeconds(1.8) ? TimeSpan.FromMilliseconds(100) : TimeSpan.Zero);
                }
            }
        });

        Assert.Equal(People, (await ImportAsync(host, Lines())).Imported);
    }

    [Fact]
    public async Task Is_over_when_a_batch_fails_while_the_next_is_not_at_hand()
    {
        Task? another = null;
        await using var host = await StartAsync((host, batch) =>
        {
            if (batch == 5)
            {
                another = Task.Run(() => DeleteNothing(host), Cancel);
                another.Wait(Cancel);
            }
        });
        // Long enough for the next batch to be read meanwhile.
        Run(host, $"""
            CREATE TRIGGER "Full" BEFORE INSERT ON "Users" WHEN NEW."Email" = '{First(4)}' BEGIN
            SELECT RAISE(ABORT, 'The disk is full.') WHERE (WITH RECURSIVE "C"("N") AS (SELECT 1 UNION ALL SELECT "N" + 1 FROM "C" WHERE "N" < 4000000) SELECT MAX("N") FROM "C") > 0;
            END
            """);
        ImportOutcome? told = null;

        var failed = await Assert.ThrowsAsync<SqliteException>(() => ImportAsync(host, Lines(), ended: outcome => told = outcome));

        Assert.Contains("The disk is full.", failed.Message);
        Assert.True(another!.IsCompletedSuccessfully);
        Assert.Equal(told!.Imported, await host.QueryAsync(context => context.Users.CountAsync(Cancel)));
        Assert.InRange(told.Imported, 0, 3 * FileBatches.MaxLines);
    }

    [Fact]
    public async Task Of_decisions_is_over_among_them_when_somebody_waits()
    {
        await using var host = await PortalHost.StartAsync();
        Run(host, """CREATE TRIGGER "Full" BEFORE INSERT ON "EmailDomains" WHEN NEW."Name" = 'domain400.example' BEGIN SELECT RAISE(ABORT, 'The disk is full.'); END""");
        ImportOutcome? told = null;
        var writing = Task.Run(
            async () =>
            {
                while (told is null)
                {
                    await host.QueryAsync(context => context.Roles.Where(role => role.Id == 0).ExecuteDeleteAsync(Cancel));
                }
            },
            Cancel);

        await Assert.ThrowsAsync<DbUpdateException>(() =>
            ImportAsync(host, Enumerable.Range(1, 400).Select(number => $$"""{"domain": "domain{{number}}.example", "status": "moderated"}"""), ended: outcome => told = outcome));

        await writing;
        Assert.InRange(told!.Decisions, 1, 399);
        Assert.Equal(told.Decisions, await host.QueryAsync(context => context.EmailDomains.CountAsync(row => row.Status == EmailDomainStatus.Moderated, Cancel)));
    }

    [Fact]
    public async Task Whoever_waits_for_another_writer_tells_who_imports()
    {
        await using var host = await PortalHost.StartAsync();
        using var held = host.Get<ImportLock>().TryTake()!;
        Assert.False(held.IsAwaited());

        await host.QueryAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Cancel);
            var waiting = Task.Run(() => host.QueryAsync(other => other.Roles.Where(role => role.Id == 0).ExecuteDeleteAsync(Cancel)));
            while (!held.IsAwaited())
            {
                await Task.Yield();
                Assert.False(waiting.IsCompleted);
            }

            await transaction.CommitAsync(Cancel);
            return await waiting;
        });
    }

    [Fact]
    public async Task That_meets_somebody_late_is_undone_and_everybody_comes_once()
    {
        var changes = new ImportedPeopleTests.ToldChanges();
        await using var host = await PortalHost.StartAsync(options => options.ConfigureServices = services => services.AddSingleton<IAccountChangeSubscriber>(changes));
        await ImportAsync(host, ["""{"email": "there@example.org", "username": "there"}"""]);
        List<RefusedLine> refused = [];
        List<string> lines = [.. Lines()];
        lines[0] = $$$"""{"email": "person1@example.org", "second_factor": {"key": "AAECAwQFBgcICQoLDA0ODxAREhM=", "recovery_codes": [{"name": "abcd", "hash": "{{{Hash}}}"}]}}""";
        // Refused before anything of its batch is written, by an index amid its batch, and by what a transaction undone had seen.
        lines[FileBatches.MaxLines + 10] = """{"email": "another@example.org", "roles": ["nobody"]}""";
        lines[(3 * FileBatches.MaxLines) + 10] = """{"email": "another@example.org", "username": "there"}""";
        lines[(4 * FileBatches.MaxLines) + 10] = """{"email": "person2@example.org"}""";

        var outcome = await ImportAsync(host, lines, refused.Add);

        Assert.Equal((People - 3, 0L, 3L), (outcome.Imported, outcome.AlreadyThere, outcome.Refused));
        Assert.Equal(
            [
                new(FileBatches.MaxLines + 11, "There is no role \"nobody\". Make it first."),
                new((3 * FileBatches.MaxLines) + 11, "Another account has this username."),
                new((4 * FileBatches.MaxLines) + 11, "The file has this address before."),
            ],
            refused);
        Assert.Equal(People - 2, await host.QueryAsync(context => context.Users.CountAsync(Cancel)));
        Assert.Equal(People - 2, await host.QueryAsync(context => context.UserCounts.SumAsync(row => row.Count, Cancel)));
        Assert.Equal(1, await host.QueryAsync(context => context.RecoveryCodes.CountAsync(Cancel)));
        foreach (var _ in Enumerable.Range(0, People - 2))
        {
            Assert.Equal(AccountChangeKind.Created, (await changes.Told.Reader.ReadAsync(Cancel)).Kind);
        }

        // What follows is told after all that was told before.
        var after = await host.CreateUserAsync("after@example.org");
        Assert.Equal(after.Id, (await changes.Told.Reader.ReadAsync(Cancel)).Id);
        // SQLite compares its index with the rows, and fails when they differ.
        await host.QueryAsync(context => context.Database.ExecuteSqlRawAsync("""INSERT INTO "UserText"("UserText", rank) VALUES ('integrity-check', 1)""", Cancel));
    }

    [Fact]
    public async Task Keeps_its_whole_batches_where_the_file_breaks_off()
    {
        await using var host = await PortalHost.StartAsync();
        ImportOutcome? told = null;
        var request = new ImportRequest(TransferFormat.JsonLines) { Ended = outcome => told = outcome };
        await using var file = new BreakingOff(Lines().Take(2 * FileBatches.MaxLines));

        await Assert.ThrowsAsync<IOException>(() => host.Get<ITransferAdmin>().ImportAsync(file, request, Cancel));

        Assert.Equal(told!.Imported, await host.QueryAsync(context => context.Users.CountAsync(Cancel)));
        Assert.Equal(FileBatches.MaxLines, told.Imported);
    }

    /// <summary>A portal that says when an import checks the first of a batch.</summary>
    private static async Task<PortalHost> StartAsync(Action<PortalHost, int> checks)
    {
        PortalHost host = null!;
        var rule = new Watching(Enumerable.Range(1, Batches).ToDictionary(First, batch => (Action)(() => checks(host, batch))));
        return host = await PortalHost.StartAsync(options => options.ConfigureServices = services => services.AddSingleton<IEmailDomainRule>(rule));
    }

    private static string First(int batch) => $"person{((batch - 1) * FileBatches.MaxLines) + 1}@example.org";

    private static IEnumerable<string> Lines() => Enumerable.Range(1, People).Select(number => $$"""{"email": "person{{number}}@example.org"}""");

    private static async Task<ImportOutcome> ImportAsync(PortalHost host, IEnumerable<string> lines, Action<RefusedLine>? refused = null, Action<ImportOutcome>? ended = null)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return await host.Get<ITransferAdmin>().ImportAsync(file, new ImportRequest(TransferFormat.JsonLines) { Refused = refused, Ended = ended }, Cancel);
    }

    /// <summary>Takes away the file that whoever waits touches.</summary>
    private static void NobodyTells(PortalHost host) => File.Delete(Path.Combine(host.DataDirectory, "portal.db.import.lock"));

    /// <summary>How many people there are for whoever reads now.</summary>
    private static long Visible(PortalHost host) => (long)Run(host, """SELECT COUNT(*) FROM "Users" """)!;

    /// <summary>Waits until it may write, as a program does that does not know of imports.</summary>
    private static void DeleteNothing(PortalHost host) => Run(host, """DELETE FROM "Roles" WHERE "Id" = 0""");

    private static object? Run(PortalHost host, string statement)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(host.DataDirectory, "portal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteScalar();
    }

    /// <summary>Does something when an import comes to an address.</summary>
    private sealed class Watching(Dictionary<string, Action> at) : IEmailDomainRule
    {
        public string? Refuse(string email, string domain)
        {
            if (at.TryGetValue(email, out var act))
            {
                act();
            }

            return null;
        }
    }

    /// <summary>A file on a disk that cannot be read to its end.</summary>
    private sealed class BreakingOff(IEnumerable<string> lines) : MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"))
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("The disk broke.");
    }
}
