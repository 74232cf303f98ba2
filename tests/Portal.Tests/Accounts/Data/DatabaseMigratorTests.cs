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

    [Fact]
    public async Task So_do_those_that_share_a_database_and_no_folder()
    {
        using var folder = new TemporaryFolder();
        List<TemporaryFolder> own = [new(), new(), new()];

        var hosts = await Task.WhenAll(own.Select(data => PortalHost.StartAsync(options =>
        {
            (options.DataDirectory, options.UseRealClock) = (data.Path, true);
            options.Settings["ConnectionStrings:Sqlite"] = $"Data Source={Path.Combine(folder.Path, "shared.db")}";
        })));

        var user = await hosts[0].CreateUserAsync();
        Assert.All(await Task.WhenAll(hosts.Select(host => host.Get<Portal.Accounts.Administration.IUserAdmin>().FindAsync(user.Email, Token))), Assert.NotNull);
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }

        own.ForEach(data => data.Dispose());
    }

    [Fact]
    public async Task Of_two_programs_that_start_at_once_on_an_empty_folder_one_migrates_and_both_serve_as_one_site()
    {
        using var folder = new TemporaryFolder();

        List<Task<RunningPortal>> starts = [.. Enumerable.Range(0, 2).Select(_ => RunningPortal.StartAsync(folder.Path))];
        try
        {
            var (one, other) = (await starts[0], await starts[1]);

            Assert.Single(one.Said.Concat(other.Said), line => line.Contains("Applied ", StringComparison.Ordinal));
            await AssertAreOneSiteAsync(one, other, folder.Path);
            await using var later = await PortalHost.StartAsync(options => options.DataDirectory = folder.Path);
            Assert.Empty(await later.Get<IDatabaseAdmin>().PendingAsync(Token));
        }
        finally
        {
            foreach (var start in starts)
            {
                await start.ContinueWith(started => started.IsCompletedSuccessfully ? started.Result.DisposeAsync().AsTask() : Task.CompletedTask, TaskScheduler.Default).Unwrap();
            }
        }
    }

    /// <summary>A form of the one is taken by the other, and whom the other made an account for the one confirms.</summary>
    private static async Task AssertAreOneSiteAsync(RunningPortal one, RunningPortal other, string dataDirectory)
    {
        using var browser = one.CreateClient();
        var form = await PortalHost.OpenFormAsync(browser, "/register", "register", Token);
        form.With("Input.Email", "both@example.org").With("Input.Password", PortalHost.DefaultPassword).With("Input.ConfirmPassword", PortalHost.DefaultPassword);
        using var registered = await browser.PostAsync(new Uri(other.Address, "/register"), form.ToContent(), Token);
        Assert.Equal("/register/check-your-mail", registered.LeadsTo());
        var link = CaughtMails.LinkOf(await new CaughtMails(Path.Combine(dataDirectory, "mail")).WaitForAsync("both@example.org", "Confirm", Token)).PathAndQuery;
        using var confirmed = await PortalHost.PostFormAsync(browser, link, "confirm-email", [], Token);
        Assert.Contains("Your address is confirmed.", (await confirmed.PageAsync()).Alert());
    }
}
