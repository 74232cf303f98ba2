using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Tests.Accounts.Data;

public sealed class WriterPatienceTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_waits_for_another_writer_is_woken_by_the_database_and_not_every_150_milliseconds()
    {
        var (opened, again) = await shared.Host.QueryAsync(async context =>
        {
            await context.Database.OpenConnectionAsync(Token);
            var first = await WaitAsync(context);
            await context.Database.CloseConnectionAsync();
            context.Database.OpenConnection();
            return (first, await WaitAsync(context));
        });

        Assert.Equal((1000, 1000), (opened, again));
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

    private static Task<int> WaitAsync(DbContext context) =>
        context.Database.SqlQueryRaw<int>("SELECT timeout AS Value FROM pragma_busy_timeout").SingleAsync(Token);
}
