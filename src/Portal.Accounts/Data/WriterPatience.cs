using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Portal.Accounts.Data;

/// <summary>Lets SQLite itself wait for another writer: it looks again after 1, 2, 5, 10 … milliseconds.</summary>
/// <remarks>
/// The provider alone looks every 150 ms, so that whoever met one short transaction waited for twenty, and among many
/// for seconds. It goes on looking when SQLite gives up, until the command's own timeout.
/// </remarks>
internal sealed class WriterPatience : DbConnectionInterceptor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection);
        return Task.CompletedTask;
    }

    // Not by a pragma, which would be a statement more for every operation.
    private static void Set(DbConnection connection) => raw.sqlite3_busy_timeout(((SqliteConnection)connection).Handle, (int)Patience.TotalMilliseconds);
}
