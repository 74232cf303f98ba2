using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Data;

namespace Portal.Accounts.Audit;

/// <summary>Links security events into one chain, in the order of their ids: at the start, once a second, and at the end.</summary>
/// <remarks>
/// Writers only add rows; they never wait for the chain and never for each other. Several processes may link at once: each
/// takes the last linked row for its transaction and looks whether it still is the last, and the unique index on the
/// position refuses a second row at one place. Whoever loses rolls back and looks again. While nothing is linked yet there
/// is no last row to take, so the first one is linked alone.
/// </remarks>
internal sealed partial class AuditChain(IDbContextFactory<PortalDbContext> contexts, TimeProvider time, ILogger<AuditChain> logger) : BackgroundService
{
    /// <summary>Small enough that on SQLite, where one writes at a time, a sign-in waits some tens of milliseconds at most.</summary>
    internal const int BatchSize = 500;

    internal static readonly TimeSpan LinkInterval = TimeSpan.FromSeconds(1);

    /// <summary>Links all that is not linked now. Returns how many rows this call linked.</summary>
    public async Task<int> LinkAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        while (await LinkBatchAsync(cancellationToken) is { } linked)
        {
            total += linked;
        }

        return total;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryLinkAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LinkInterval, time);
        do
        {
            await TryLinkAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryLinkAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LinkAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Nothing is lost: what is not linked is linked the next time, in this process or another.
            Log.LinkFailed(logger, exception);
        }
    }

    /// <summary>One batch. Zero when another process was faster, null when nothing was left.</summary>
    private async Task<int?> LinkBatchAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // Asked outside a transaction, because on SQLite one takes the write lock, and mostly there is nothing to write.
        if (!await context.AuditEvents.AnyAsync(row => row.Position == null, cancellationToken))
        {
            return null;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var head = await HeadAsync(context, cancellationToken);
        if (head is not null && !await TakeAsync(context, head.Position!.Value, cancellationToken))
        {
            return 0;
        }

        var rows = await context.AuditEvents
            .Where(row => row.Position == null)
            .OrderBy(row => row.Id)
            .Take(head is null ? 1 : BatchSize)
            .Select(row => new { row.Id, row.At, row.Kind, row.SubjectId, row.ActorId, row.SessionId, row.IpDigest, row.DetailsDigest })
            .ToListAsync(cancellationToken);
        var (position, hash) = (head?.Position ?? 0, head?.Hash ?? AuditHash.Beginning);
        foreach (var found in rows)
        {
            // Stands for the row without what may be long in it; of its columns only the two that are set are written.
            var row = new AuditEvent
            {
                Id = found.Id,
                At = found.At,
                Kind = found.Kind,
                SubjectId = found.SubjectId,
                ActorId = found.ActorId,
                SessionId = found.SessionId,
                IpDigest = found.IpDigest,
                DetailsDigest = found.DetailsDigest,
            };
            context.Attach(row);
            hash = AuditHash.Of(hash, ++position, row);
            (row.Position, row.Hash) = (position, hash);
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (context.IsUniqueViolation(exception))
        {
            return 0;
        }

        await transaction.CommitAsync(CancellationToken.None);
        return rows.Count;
    }

    private static Task<AuditEvent?> HeadAsync(PortalDbContext context, CancellationToken cancellationToken) =>
        context.AuditEvents.AsNoTracking().OrderByDescending(row => row.Position).FirstOrDefaultAsync(row => row.Position != null, cancellationToken);

    /// <summary>Takes the last linked row for this transaction. False when by then it is the last no longer.</summary>
    private static async Task<bool> TakeAsync(PortalDbContext context, long position, CancellationToken cancellationToken)
    {
        await context.AuditEvents.Where(row => row.Position == position)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Position, position), cancellationToken);
        return !await context.AuditEvents.AnyAsync(row => row.Position > position, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Security events could not be linked into their chain; trying again.")]
        public static partial void LinkFailed(ILogger logger, Exception exception);
    }
}
