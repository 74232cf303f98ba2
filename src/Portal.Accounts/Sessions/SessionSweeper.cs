using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Data;
using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>Ends what has expired and forgets what ended long ago, in batches that leave room for sign-ins in between.</summary>
internal sealed partial class SessionSweeper(
    IDbContextFactory<PortalDbContext> contexts,
    SessionEnder ender,
    SessionCache cache,
    TimeProvider time,
    ILogger<SessionSweeper> logger) : BackgroundService
{
    /// <summary>
    /// Large, because the indexes by user and key are hit anywhere: the more rows at once, the fewer pages are written for
    /// each. Not larger, because whoever signs in waits for one batch: a tenth of a second on a slow machine. Under 5,000 in any
    /// case, from where on SQL Server locks a whole table.
    /// </summary>
    internal const int BatchSize = 1000;

    /// <summary>
    /// Between two batches, so that whoever waits to write comes first: longer than between two looks of theirs
    /// (<see cref="WriterPatience"/>).
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);

    /// <summary>How long an ended session stays listed.</summary>
    public static readonly TimeSpan EndedRetention = TimeSpan.FromDays(28);

    /// <summary>Another node may have seen a session since it last wrote.</summary>
    private static readonly TimeSpan Grace = 2 * LastSeenWriter.WriteInterval;

    /// <summary>Ends expired sessions and deletes old ended ones. Returns how many of each.</summary>
    /// <param name="progress">Told after each batch how many sessions it was until now; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    internal async Task<(int Ended, int Deleted)> SweepAsync(Action<long>? progress, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ended = await EndAsync(now, progress, cancellationToken);
        return (ended, await DeleteAsync(now - EndedRetention, deleted => progress?.Invoke(ended + deleted), cancellationToken));
    }

    internal Task<(int Ended, int Deleted)> SweepAsync(CancellationToken cancellationToken) => SweepAsync(progress: null, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SweepInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(logger, exception);
            }
        }
    }

    private async Task<int> EndAsync(DateTimeOffset now, Action<long>? progress, CancellationToken cancellationToken)
    {
        var total = 0;
        var spared = 0;
        while (true)
        {
            var over = await OverAsync(now, spared, cancellationToken);
            if (over.Count == 0)
            {
                return total;
            }

            // Looks at the rows once more: activity may have been written, and forgotten here, since they were read.
            var ending = over.Where(session => session.Reason is not null).ToList();
            List<(SessionFilter, SessionEnd)> ends = [.. ending
                .GroupBy(session => session.Reason!.Value, session => session.Id)
                .Select(group => (SessionFilter.Expired([.. group], now), new SessionEnd(group.Key) { IsOfBacklog = ending.Count > SessionEnder.IdsPerEvent }))];
            total += ends.Count > 0 ? await ender.EndAsync(ends, cancellationToken) : 0;
            spared += over.Count - ending.Count;
            progress?.Invoke(total);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>The next batch past its limit as the rows have it, with the reason; null where it may still be in use.</summary>
    private async Task<List<(string Id, SessionEndReason? Reason)>> OverAsync(DateTimeOffset now, int skip, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Sessions
            .Where(session => session.EndedAt == null && session.ExpiresAt <= now)
            .OrderBy(session => session.ExpiresAt).ThenBy(session => session.Id)
            .Select(session => new { session.Id, session.ExpiresAt, session.AbsoluteExpiresAt })
            .Skip(skip)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => (row.Id, ReasonFor(row.Id, row.ExpiresAt, row.AbsoluteExpiresAt, now)))];
    }

    private SessionEndReason? ReasonFor(string id, DateTimeOffset expiresAt, DateTimeOffset absoluteExpiresAt, DateTimeOffset now) =>
        absoluteExpiresAt <= now ? SessionEndReason.Expired
        : expiresAt <= now - Grace && (cache.FindLife(id) is not { } life || life.ExpiresAt <= now) ? SessionEndReason.Idle
        : null;

    private async Task<int> DeleteAsync(DateTimeOffset before, Action<long> progress, CancellationToken cancellationToken)
    {
        var total = 0;
        while (true)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            var deleted = await context.Sessions
                .Where(session => context.Sessions
                    .Where(old => old.EndedAt != null && old.EndedAt < before)
                    // Just as the index has them: many may have ended at one moment, and to sort them all for each batch takes long.
                    .OrderBy(old => old.EndedAt).ThenBy(old => old.ExpiresAt)
                    .Select(old => old.Id)
                    .Take(BatchSize)
                    .Contains(session.Id))
                .ExecuteDeleteAsync(cancellationToken);
            total += deleted;
            progress(total);
            if (deleted < BatchSize)
            {
                return total;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Expired sessions could not be swept; trying again. They are refused all the same.")]
        public static partial void SweepFailed(ILogger logger, Exception exception);
    }
}
