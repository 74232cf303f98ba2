using Portal.Accounts.Data;
using Portal.Testing;

namespace Portal.Tests.Accounts.Data;

public sealed class DatabaseMigratorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lock_that_a_killed_migration_left_behind_keeps_no_start_from_migrating()
    {
        using var folder = new TemporaryFolder();
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(folder.Path, "portal.db")};Pooling=False"))
        {
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER PRIMARY KEY, \"Timestamp\" TEXT NOT NULL); INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-01-01');";
            await command.ExecuteNonQueryAsync(Token);
        }

        await using var host = await PortalHost.StartAsync(options => options.DataDirectory = folder.Path);

        Assert.Empty(await host.Get<IDatabaseAdmin>().PendingAsync(Token));
    }

    [Fact]
    public async Task Processes_that_start_at_once_on_one_folder_all_start()
    {
        using var folder = new TemporaryFolder();

        var hosts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PortalHost.StartAsync(options => (options.DataDirectory, options.UseRealClock) = (folder.Path, true))));

        await hosts[0].CreateUserAsync("one@example.org");
        Assert.All(await Task.WhenAll(hosts.Select(host => host.Get<Portal.Accounts.Administration.IUserAdmin>().FindAsync("one@example.org", Token))), Assert.NotNull);
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }
}
