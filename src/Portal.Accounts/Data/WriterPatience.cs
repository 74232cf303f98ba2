using System.Data.Common;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Portal.Accounts.Data;

/// <summary>How writers of SQLite share it: whoever waits looks again every other millisecond, and few commits stop to tidy up.</summary>
/// <remarks>
/// The provider alone looks every 150 ms, and SQLite's own waiting becomes ever lazier, up to 100 ms: beside somebody who
/// writes one short transaction after the other, either comes to look in a pause only by luck.
/// </remarks>
internal sealed class WriterPatience : DbConnectionInterceptor
{
    private const int LookInterval = 2;
    private const int MaxLooks = 500;

    /// <summary>
    /// How many pages of 4 kB the journal may hold before a commit carries them over into the database. SQLite's own limit,
    /// 1,000, is less than one batch of the sweeper: the same pages would be carried over again and again.
    /// </summary>
    internal const int JournalPages = 16_000;

    /// <summary>Kept, because SQLite holds on to it.</summary>
    private static readonly BusyHandler Patience = LookAgain;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int BusyHandler(nint state, int looks);

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection);
        return Task.CompletedTask;
    }

    // Not by pragmas, which would be statements more for every operation.
    private static void Set(DbConnection connection)
    {
        var handle = ((SqliteConnection)connection).Handle!;
        _ = sqlite3_busy_handler(handle, Patience, 0);
        raw.sqlite3_wal_autocheckpoint(handle, JournalPages);
    }

    /// <summary>Zero gives up, after a second or so; the provider then goes on looking until the command's own timeout.</summary>
    private static int LookAgain(nint state, int looks)
    {
        if (looks >= MaxLooks)
        {
            return 0;
        }

        _ = sqlite3_sleep(LookInterval);
        return 1;
    }

    // The wrapper has the timeout only, which is what becomes lazy.
    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    private static extern int sqlite3_busy_handler(sqlite3 db, BusyHandler handler, nint state);

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    private static extern int sqlite3_sleep(int milliseconds);
}
