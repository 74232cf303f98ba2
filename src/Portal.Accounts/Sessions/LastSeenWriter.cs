using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Data;

namespace Portal.Accounts.Sessions;

/// <summary>Writes when sessions were last seen: at most once a minute each, all of a node in one transaction.</summary>
internal sealed partial class LastSeenWriter(
    SessionCache cache,
    LiveCircuits circuits,
    IDbContextFactory<PortalDbContext> contexts,
    TimeProvider time,
    ILogger<LastSeenWriter> logger) : BackgroundService
{
    public static readonly TimeSpan WriteInterval = TimeSpan.FromMinutes(1);

    private const int RowsPerTransaction = 100;

    private static readonly TimeSpan RememberSilentFor = TimeSpan.FromMinutes(10);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWriteAsync(cancellationToken);
    }

    internal async Task WriteAsync(CancellationToken cancellationToken)
    {
        // In short transactions: an end that wants one of these rows waits for few.
        foreach (var unwritten in cache.Unwritten().Chunk(RowsPerTransaction))
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            List<(SessionLife Life, DateTimeOffset SeenAt)> wrote = [];
            foreach (var life in unwritten)
            {
                var (id, seenAt, expiresAt) = (life.Id, life.LastSeenAt, life.ExpiresAt);
                await context.Sessions
                    .Where(session => session.Id == id && session.EndedAt == null && session.LastSeenAt < seenAt)
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(session => session.LastSeenAt, seenAt).SetProperty(session => session.ExpiresAt, expiresAt),
                        cancellationToken);
                wrote.Add((life, seenAt));
            }

            await transaction.CommitAsync(CancellationToken.None);
            wrote.ForEach(session => session.Life.Wrote(session.SeenAt));
        }

        cache.Trim(time.GetUtcNow() - RememberSilentFor, circuits.SessionIds.ToHashSet());
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(WriteInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TryWriteAsync(stoppingToken);
        }
    }

    private async Task TryWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Nothing is lost: what was not written stays unwritten and is tried with the next batch.
            Log.WriteFailed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "When sessions were last seen could not be written; trying again.")]
        public static partial void WriteFailed(ILogger logger, Exception exception);
    }
}
