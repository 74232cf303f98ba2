using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Portal.Accounts.Data;

/// <summary>Whoever waits for another writer on SQLite looks again after a millisecond. Few commits stop to tidy up.</summary>
/// <remarks>
/// The provider alone looks every 150 ms, and SQLite's own timeout after 1, 2, 5, 10 … and at last 100 ms: whoever has waited
/// for long comes too late for a gap between two batches. The provider goes on looking after <see cref="Looks"/>, until the
/// command's own timeout.
/// </remarks>
internal sealed unsafe partial class WriterPatience : DbConnectionInterceptor
{
    /// <summary>
    /// How many pages of 4 kB the journal may hold before a commit carries them over into the database. SQLite's own limit,
    /// 1,000, is less than one batch of the sweeper: the same pages would be carried over again and again.
    /// </summary>
    internal const int JournalPages = 16_000;

    /// <summary>What whoever writes many batches leaves between two, so that those who wait and look every millisecond come first.</summary>
    internal static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(2);

    private const int Looks = 1000;

    /// <summary>How often who waits tells an import: seldom enough to cost nothing, often enough for its next batch.</summary>
    private const int LooksBetweenTouches = 16;

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
        // SQLite's own text, which is there as long as the connection.
        fixed (byte* path = raw.sqlite3_db_filename(handle, utf8z.FromString("main")))
        {
            _ = OnBusy(handle!.DangerousGetHandle(), &Again, path);
        }

        raw.sqlite3_wal_autocheckpoint(handle, JournalPages);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Again(byte* path, int looks)
    {
        if (looks % LooksBetweenTouches == LooksBetweenTouches / 2 && Marshal.PtrToStringUTF8((nint)path) is { Length: > 0 } file)
        {
            ImportLock.Touch(file);
        }

        Thread.Sleep(1);
        return looks < Looks ? 1 : 0;
    }

    // Not among what the provider's library passes on.
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_busy_handler")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory)]
    private static partial int OnBusy(nint connection, delegate* unmanaged[Cdecl]<byte*, int, int> handler, byte* context);
}
