using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Transfer;
using Portal.Testing;

namespace Portal.Tests.Accounts.Transfer;

/// <summary>The indexes of lists step aside while a portal of few people gets very many.</summary>
public sealed class FilledPortalTests
{
    private const int People = 12_500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_step_aside_while_it_is_filled_and_stay_when_more_come_into_a_full_one()
    {
        await using var host = await PortalHost.StartAsync();
        var (before, order) = (Schema(host), Order(host));

        var (filling, _) = await ImportAsync(host, "first", Cancel);

        Assert.Equal([.. Enumerable.Repeat(true, 6), false, false, false], filling.Select(seen => seen.HasAll));
        Assert.Equal([.. Enumerable.Repeat(false, 8), true], filling.Select(seen => seen.IsIndexing));
        Assert.Equal(People, filling[^1].Lines);
        Assert.Equal(0, await MappedAsync(host));
        Assert.Equal(before, Schema(host));
        Assert.Equal(order, Order(host));
        await TextIsWholeAsync(host);

        var (more, _) = await ImportAsync(host, "second", Cancel);

        Assert.All(more, seen => Assert.True(seen.HasAll));
        Assert.Equal(2 * People, await host.QueryAsync(context => context.UserCounts.SumAsync(row => row.Count, Cancel)));
    }

    [Fact]
    public async Task They_are_there_again_when_the_import_is_stopped()
    {
        await using var host = await PortalHost.StartAsync();
        var before = Schema(host);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var (_, failed) = await ImportAsync(host, "person", stopping.Token, seen =>
        {
            if (!seen.HasAll)
            {
                stopping.Cancel();
            }
        });

        Assert.IsAssignableFrom<OperationCanceledException>(failed);
        Assert.Equal(before, Schema(host));
        await TextIsWholeAsync(host);
    }

    [Fact]
    public async Task They_are_there_again_when_nobody_can_be_told_of_it()
    {
        await using var host = await PortalHost.StartAsync();
        var before = Schema(host);

        var (_, failed) = await ImportAsync(host, "person", Cancel, seen => Assert.False(seen.IsIndexing, "The line is away."));

        Assert.Contains("The line is away.", failed!.Message, StringComparison.Ordinal);
        Assert.Equal(before, Schema(host));
    }

    [Fact]
    public async Task A_start_leaves_them_to_an_import_that_is_at_work()
    {
        using var folder = new TemporaryFolder();
        await using var host = await PortalHost.StartAsync(options => options.DataDirectory = folder.Path);
        using var importing = host.Get<ImportLock>().TryTake();
        await DeferAsync(host);
        var before = Schema(host);

        await using (await PortalHost.StartAsync(options => options.DataDirectory = folder.Path))
        {
            Assert.Equal(before, Schema(host));
        }
    }

    [Fact]
    public async Task A_start_that_has_to_migrate_is_refused_while_an_import_is_at_work()
    {
        using var folder = new TemporaryFolder();
        await using var host = await PortalHost.StartAsync(options => options.DataDirectory = folder.Path);
        using var importing = host.Get<ImportLock>().TryTake();
        await host.QueryAsync(context => context.Database.ExecuteSqlRawAsync(
            """DELETE FROM "__EFMigrationsHistory" WHERE "MigrationId" = (SELECT MAX("MigrationId") FROM "__EFMigrationsHistory")""", Cancel));

        var refused = await Assert.ThrowsAsync<IOException>(() => PortalHost.StartAsync(options => options.DataDirectory = folder.Path));

        Assert.StartsWith("An import is at work on the database", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 3)]
    [InlineData(true, 15)]
    [InlineData(false, 0)]
    public async Task A_start_makes_those_that_a_killed_import_left(bool migrates, int made)
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<string> before;
        await using (var host = await PortalHost.StartAsync(options => options.DataDirectory = folder.Path))
        {
            before = Schema(host);
            await DeferAsync(host);
            await MakeAsync(host, made);
            Assert.NotEqual(before, Schema(host));
        }

        await using var next = await PortalHost.StartAsync(options =>
        {
            options.DataDirectory = folder.Path;
            options.Settings["Database:MigrateOnStart"] = migrates ? "true" : "false";
        });

        Assert.Equal(before, Schema(next));
        await TextIsWholeAsync(next);
    }

    private static Task<int> DeferAsync(PortalHost host) => host.QueryAsync(async context =>
    {
        await context.DeferIndexesAsync(Cancel);
        return 0;
    });

    /// <summary>As far as it came when it was killed.</summary>
    private static Task MakeAsync(PortalHost host, int many) => host.QueryAsync(async context =>
    {
        for (var made = 0; made < many; made++)
        {
            var next = await context.Database.SqlQuery<string>($"""SELECT "Statement" AS "Value" FROM "DeferredIndexes" ORDER BY rowid LIMIT 1""").SingleAsync(Cancel);
            await context.Database.ExecuteSqlRawAsync(next, Cancel);
            await context.Database.ExecuteSqlAsync($"""DELETE FROM "DeferredIndexes" WHERE "Statement" = {next}""", Cancel);
        }

        return many;
    });

    /// <summary>Everything the database consists of, the limits of the index of texts too.</summary>
    private static List<string> Schema(PortalHost host) => Read(host, """
        SELECT "type" || ' ' || "name" || ' ' || COALESCE("sql", '') FROM "sqlite_master"
        UNION ALL SELECT "k" || ' ' || "v" FROM "UserText_config" WHERE ("k", "v") NOT IN (VALUES ('automerge', 4), ('crisismerge', 16))
        ORDER BY 1
        """);

    /// <summary>The indexes that lists are read by, in the order in which SQLite has them.</summary>
    private static List<string> Order(PortalHost host) => Read(host, """
        SELECT "name" FROM "sqlite_master" WHERE "type" = 'index' AND "tbl_name" IN ('Users', 'Identities') AND "sql" NOT LIKE 'CREATE UNIQUE %' ORDER BY rowid
        """);

    private static List<string> Read(PortalHost host, string query)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(host.DataDirectory, "portal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    /// <summary>What the connection that comes first out of the pool maps of the file.</summary>
    private static Task<long> MappedAsync(PortalHost host) => host.QueryAsync(async context =>
    {
        await context.Database.OpenConnectionAsync(Cancel);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA mmap_size";
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    });

    /// <summary>SQLite compares its index with the rows, and fails when they differ.</summary>
    private static Task TextIsWholeAsync(PortalHost host) => host.QueryAsync(context =>
        context.Database.ExecuteSqlRawAsync("""INSERT INTO "UserText"("UserText", rank) VALUES ('integrity-check', 1)""", Cancel));

    private static async Task<(List<Seen> Seen, Exception? Failed)> ImportAsync(
        PortalHost host, string name, CancellationToken cancellationToken, Action<Seen>? look = null)
    {
        var all = Schema(host).Count;
        List<Seen> seen = [];
        var lines = Enumerable.Range(1, People).Select(number => string.Create(CultureInfo.InvariantCulture, $$"""{"email": "{{name}}{{number}}@example.org", "username": "{{name}}{{number}}"}"""));
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        var failed = await Record.ExceptionAsync(() => host.Get<ITransferAdmin>().ImportAsync(
            file,
            new ImportRequest(TransferFormat.JsonLines)
            {
                Progress = far =>
                {
                    seen.Add(new Seen(Schema(host).Count >= all, far.IsIndexing, far.Lines));
                    look?.Invoke(seen[^1]);
                },
            },
            cancellationToken));
        return (seen, failed);
    }

    private sealed record Seen(bool HasAll, bool IsIndexing, long Lines);
}
