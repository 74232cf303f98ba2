using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Data;

/// <summary>Brings the database to the schema this build expects, or refuses to start on an older one.</summary>
/// <remarks>
/// Two processes may start at once. On SQL Server the migrations' own application lock lets one in at a time. On SQLite
/// that lock is a row, which stays behind when its process is killed and would make every later start wait for ever; so
/// there an exclusive file beside the database, which the system releases with the process, decides who migrates, and
/// whoever holds it may clear a lock row left behind.
/// </remarks>
internal sealed partial class DatabaseMigrator(
    IDbContextFactory<PortalDbContext> contexts,
    IOptions<DatabaseOptions> options,
    SqliteHistory history,
    ImportLock importLock,
    SqliteFile file,
    TimeProvider time,
    ILogger<DatabaseMigrator> logger) : IHostedService, IDatabaseAdmin
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(100);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await PrepareAsync(cancellationToken) is { } refused)
        {
            throw new InvalidOperationException(refused);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<string?> PrepareAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Provider is DatabaseProvider.Sqlite && await history.IsCompleteAsync(cancellationToken))
        {
            return null;
        }

        if (options.Value.MigratesOnStart)
        {
            await MigrateAsync(cancellationToken);
            return null;
        }

        var pending = await PendingAsync(cancellationToken);
        if (pending.Count > 0)
        {
            return $"The database lacks {pending.Count} migrations, the first is {pending[0]}. Run \"Portal db migrate\", or set Database:MigrateOnStart to true.";
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        using var taken = importLock.TryTake();
        await BuildIndexesAsync(context, taken, isPressing: false, cancellationToken);
        return null;
    }

    public async Task<string?> PrepareToReadAsync(CancellationToken cancellationToken) =>
        options.Value.Provider is DatabaseProvider.Sqlite && file is { IsAstray: true, Path: var path }
            ? $"There is no database at {path}. Run \"Portal db migrate\", or set Portal:DataDirectory."
            : await PrepareAsync(cancellationToken);

    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. await context.Database.GetPendingMigrationsAsync(cancellationToken)];
    }

    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var exclusive = options.Value.Provider is DatabaseProvider.Sqlite && file.Path is not null ? await LockFileAsync(cancellationToken) : null;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        IReadOnlyList<string> pending = [.. await context.Database.GetPendingMigrationsAsync(cancellationToken)];
        // To the end: an import that begins meanwhile would make indexes again that a migration took away.
        using var taken = importLock.TryTake();
        if (pending.Count > 0 && taken is null && importLock.HasPlace)
        {
            throw new IOException("An import is at work on the database, or its lock is another user's file. Start again when it has ended.");
        }

        await BuildIndexesAsync(context, taken, isPressing: pending.Count > 0, cancellationToken);
        if (pending.Count > 0)
        {
            if (exclusive is not null)
            {
                // A file that exists is not new to EF Core, which then leaves its journal alone. Without write-ahead logging
                // a reader makes a writer's commit fail at once.
                await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = 'wal'", cancellationToken);
                await context.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", cancellationToken);
            }

            await context.Database.MigrateAsync(cancellationToken);
            Log.Migrated(logger, pending.Count, pending[^1]);
        }

        return pending;
    }

    /// <summary>
    /// A killed import leaves some behind; one that is at work makes its own. Without them lists are slow, which is no reason not
    /// to serve. But a migration may speak of them.
    /// </summary>
    private async Task BuildIndexesAsync(PortalDbContext context, ImportLock.Held? taken, bool isPressing, CancellationToken cancellationToken)
    {
        try
        {
            if (taken is not null && await context.BuildIndexesAsync(cancellationToken) is > 0 and var count)
            {
                Log.Built(logger, count);
            }
        }
        catch (DbException exception) when (!isPressing)
        {
            Log.NotBuilt(logger, exception);
        }
    }

    private async Task<FileStream> LockFileAsync(CancellationToken cancellationToken)
    {
        var path = file.Beside(".migrate.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(RetryInterval, time, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Applied {Count} migrations; the database is at {Last}.")]
        public static partial void Migrated(ILogger logger, int count, string last);

        [LoggerMessage(2, LogLevel.Information, "Made {Count} indexes that an import had left for its end.")]
        public static partial void Built(ILogger logger, int count);

        [LoggerMessage(3, LogLevel.Warning, "Indexes that an import had left for its end could not be made: lists are slow until the next start makes them.")]
        public static partial void NotBuilt(ILogger logger, Exception exception);
    }
}
