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
    /// <summary>Made elsewhere; nobody knows what of.</summary>
    private const string Hash = "AQAAAAIAAYagAAAAEAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLw==";

    private const int People = Batches * FileBatches.MaxLines;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_shared_and_over_after_two_seconds_for_those_who_cannot_tell_that_they_wait()
    {
        List<long> visible = [];
        PortalHost host = null!;
        // While a batch is checked the one before it is written, and those before that are.
        var rule = new Watching(Enumerable.Range(3, Batches - 2).ToDictionary(First, batch => (Action)(() =>
        {
            visible.Add(Visible(host));
            if (batch == 4)
            {
                host.Clock.Advance(TimeSpan.FromSeconds(2));
            }
        })));
        await using var started = host = await StartAsync(rule);

        await ImportAsync(host, Lines());

        Assert.Contains(visible.Index(), seen => seen.Item < (seen.Index + 1) * FileBatches.MaxLines);
        Assert.InRange(visible[^1], 3 * FileBatches.MaxLines, People);
    }

    [Fact]
    public async Task Is_over_while_the_next_batch_is_not_at_hand()
    {
        PortalHost host = null!;
        Task? another = null;
        var rule = new Watching(new()
        {
            [First(3)] = () =>
            {
                another = Task.Run(() => host.QueryAsync(context => context.Roles.Where(role => role.Id == 0).ExecuteDeleteAsync(Cancel)));
                another.Wait(Cancel);
            },
        });
        await using var started = host = await StartAsync(rule);

        var outcome = await ImportAsync(host, Lines());

        Assert.True(another!.IsCompletedSuccessfully);
        Assert.Equal(People, outcome.Imported);
    }

    [Fact]
    public async Task Whoever_waits_for_another_writer_tells_who_imports()
    {
        await using var host = await StartAsync(new Watching([]));
        using var held = host.Get<ImportLock>().TryTake()!;
        Assert.False(held.IsAwaited());

        await host.QueryAsync(async context =>
        {
            await using var transaction = await context.Database.BeginTransactionAsync(Cancel);
            var waiting = Task.Run(() => host.QueryAsync(other => other.Roles.Where(role => role.Id == 0).ExecuteDeleteAsync(Cancel)));
            while (!held.IsAwaited())
            {
                await Task.Yield();
                Cancel.ThrowIfCancellationRequested();
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
        await using var host = await StartAsync(new Watching([]));
        ImportOutcome? told = null;
        var request = new ImportRequest(TransferFormat.JsonLines) { Ended = outcome => told = outcome };
        await using var file = new BreakingOff(Lines().Take(2 * FileBatches.MaxLines));

        await Assert.ThrowsAsync<IOException>(() => host.Get<ITransferAdmin>().ImportAsync(file, request, Cancel));

        Assert.Equal(told!.Imported, await host.QueryAsync(context => context.Users.CountAsync(Cancel)));
        Assert.Equal(FileBatches.MaxLines, told.Imported);
    }

    private static Task<PortalHost> StartAsync(IEmailDomainRule rule) =>
        PortalHost.StartAsync(options => options.ConfigureServices = services => services.AddSingleton(rule));

    private static string First(int batch) => $"person{((batch - 1) * FileBatches.MaxLines) + 1}@example.org";

    private static IEnumerable<string> Lines() => Enumerable.Range(1, People).Select(number => $$"""{"email": "person{{number}}@example.org"}""");

    private static async Task<ImportOutcome> ImportAsync(PortalHost host, IEnumerable<string> lines, Action<RefusedLine>? refused = null)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return await host.Get<ITransferAdmin>().ImportAsync(file, new ImportRequest(TransferFormat.JsonLines) { Refused = refused }, Cancel);
    }

    /// <summary>How many people there are for whoever reads now.</summary>
    private static long Visible(PortalHost host)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(host.DataDirectory, "portal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT COUNT(*) FROM "Users" """;
        return (long)command.ExecuteScalar()!;
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
