using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using SQLitePCL;

namespace Portal.Tests.Accounts.Data;

public sealed class WriterPatienceTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_meets_another_writer_waits_inside_the_database_and_not_by_its_own_growing_pauses()
    {
        var (answer, timeout) = await shared.Host.QueryAsync(async waiting =>
        {
            await waiting.Database.OpenConnectionAsync(Token);
            var handle = ((SqliteConnection)waiting.Database.GetDbConnection()).Handle;
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var begins = await shared.Host.QueryAsync(async writing =>
            {
                await using var transaction = await writing.Database.BeginTransactionAsync(Token);
                var begins = Task.Run(() =>
                {
                    begun.SetResult();
                    // Past the provider, which would ask again by itself.
                    return raw.sqlite3_exec(handle, "BEGIN IMMEDIATE; ROLLBACK");
                }, Token);
                await begun.Task;
                await writing.Users.Where(user => user.Id == 0).ExecuteDeleteAsync(Token);
                await transaction.CommitAsync(Token);
                return begins;
            });
            return (await begins, await waiting.Database.SqlQueryRaw<int>("SELECT timeout AS Value FROM pragma_busy_timeout").SingleAsync(Token));
        });

        Assert.Equal((raw.SQLITE_OK, 0), (answer, timeout));
    }

    [Fact]
    public async Task Whole_batches_of_the_sweeper_fit_into_the_journal_before_it_is_carried_over()
    {
        var pages = await shared.Host.QueryAsync(async context =>
        {
            await context.Database.OpenConnectionAsync(Token);
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA wal_autocheckpoint";
            return await command.ExecuteScalarAsync(Token);
        });

        Assert.Equal((long)WriterPatience.JournalPages, pages);
    }
}
