using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Testing;

namespace Portal.Tests.Accounts.Data;

public sealed class SqliteHistoryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_database_with_every_migration_is_complete_and_one_that_lacks_the_last_is_not()
    {
        await using var host = await PortalHost.StartAsync();
        var history = host.Get<SqliteHistory>();
        Assert.True(await history.IsCompleteAsync(Token));

        await host.QueryAsync(context => context.Database.ExecuteSqlRawAsync(
            "DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = (SELECT max(\"MigrationId\") FROM \"__EFMigrationsHistory\")", Token));

        Assert.False(await history.IsCompleteAsync(Token));
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_not_made_by_asking()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "portal.db");

        Assert.False(await new SqliteHistory($"Data Source={file}").IsCompleteAsync(Token));

        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_database_without_a_history_is_not_complete()
    {
        using var folder = new TemporaryFolder();
        var file = $"Data Source={Path.Combine(folder.Path, "portal.db")};Pooling=False";
        await using (var connection = new SqliteConnection(file))
        {
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE \"Users\" (\"Id\" INTEGER)";
            await command.ExecuteNonQueryAsync(Token);
        }

        Assert.False(await new SqliteHistory(file).IsCompleteAsync(Token));
    }
}
