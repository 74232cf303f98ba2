using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using SQLitePCL;

namespace Portal.Tests.Accounts.Data;

public sealed class WriterPatienceTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whoever_meets_another_writer_is_let_wait_by_the_database_itself(bool async) => await shared.Host.QueryAsync(async first =>
    {
        await using var transaction = await first.Database.BeginTransactionAsync(Token);
        return await shared.Host.QueryAsync(async second =>
        {
            await (async ? second.Database.OpenConnectionAsync(Token) : Task.Run(second.Database.OpenConnection, Token));
            var handle = ((SqliteConnection)second.Database.GetDbConnection()).Handle;
            using var begins = new ManualResetEventSlim();
            // Past the provider, which would look again every 150 ms.
            var waiting = Task.Run(() =>
            {
                begins.Set();
                return raw.sqlite3_exec(handle, "BEGIN IMMEDIATE");
            }, Token);
            begins.Wait(Token);
            await transaction.RollbackAsync(Token);

            Assert.Equal(raw.SQLITE_OK, await waiting);
            return raw.sqlite3_exec(handle, "ROLLBACK");
        });
    });

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
