using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Portal.Accounts.Data;

/// <summary>Lets SQLite itself wait for another writer: it looks again after 1, 2, 5, 10 … milliseconds. Few commits stop to tidy up.</summary>
/// <remarks>
/// The provider alone looks every 150 ms, so that whoever met one short transaction waited for twenty, and among many
/// for seconds. It goes on looking when SQLite gives up, until the command's own timeout.
/// </remarks>
internal sealed class WriterPatience : DbConnectionInterceptor
{
    /// <summary>
    /// How many pages of 4 kB the journal may hold before a commit carries them over into the database. SQLite's own limit,
    /// 1,000, is less than one batch of the sweeper: the same pages would be carried over again and again.
    /// </summary>
    internal const int JournalPages = 16_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection);
        return Task.CompletedTask;
    }

    // Not by pragmas, which would be statements more for every operation.
    private static void Set(DbConnection connection)
    {
        var handle = ((SqliteConnection)connection).Handle;
        raw.sqlite3_busy_timeout(handle, (int)Patience.TotalMilliseconds);
        raw.sqlite3_wal_autocheckpoint(handle, JournalPages);
    }
}
