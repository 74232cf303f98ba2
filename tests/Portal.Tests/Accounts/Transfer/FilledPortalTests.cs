using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
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
        var before = Schema(host);

        var (filling, _) = await ImportAsync(host, "first", Cancel);

        Assert.Equal([true, true, true, true, true, false, false, false], filling.Select(seen => seen.HasAll));
        Assert.Equal([.. Enumerable.Repeat(false, 7), true], filling.Select(seen => seen.IsIndexing));
        Assert.Equal(before, Schema(host));
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_start_makes_those_that_a_killed_import_left(bool migrates)
    {
        using var folder = new TemporaryFolder();
        IReadOnlyList<string> before;
        await using (var host = await PortalHost.StartAsync(options => options.DataDirectory = folder.Path))
        {
            before = Schema(host);
            await host.QueryAsync(async context =>
            {
                await context.DeferIndexesAsync(Cancel);
                return 0;
            });
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

    /// <summary>Everything the database consists of, the limits of the index of texts too.</summary>
    private static List<string> Schema(PortalHost host)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(host.DataDirectory, "portal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT "type" || ' ' || "name" || ' ' || COALESCE("sql", '') FROM "sqlite_master"
            UNION ALL SELECT "k" || ' ' || "v" FROM "UserText_config" WHERE ("k", "v") NOT IN (VALUES ('automerge', 4), ('crisismerge', 16))
            ORDER BY 1
            """;
        using var reader = command.ExecuteReader();
        List<string> schema = [];
        while (reader.Read())
        {
            schema.Add(reader.GetString(0));
        }

        return schema;
    }

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
                    seen.Add(new Seen(Schema(host).Count >= all, far.IsIndexing));
                    look?.Invoke(seen[^1]);
                },
            },
            cancellationToken));
        return (seen, failed);
    }

    private sealed record Seen(bool HasAll, bool IsIndexing);
}
