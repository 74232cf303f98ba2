using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;

namespace Portal.Accounts.Administration.Board;

/// <summary>How many security events of a kind fell into an hour or a day: a range of the index on kind and moment.</summary>
/// <remarks>
/// The log is never changed, so a stretch that is over is counted once and kept: one number each, for the few hundred that the
/// board shows. A transaction writes its moment before it commits, so a stretch counts as over only a while after its end.
/// </remarks>
internal sealed class EventCounts(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private const int MaxKept = 1000;

    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(AuditKind Kind, DateTimeOffset From, TimeSpan Length), long> kept = new();

    public async Task<long> OfAsync(AuditKind kind, DateTimeOffset from, TimeSpan length, CancellationToken cancellationToken)
    {
        if (kept.TryGetValue((kind, from, length), out var known))
        {
            return known;
        }

        var (name, to, now) = (kind.ToName(), from + length, time.GetUtcNow());
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var count = await context.AuditEvents.Where(row => row.Kind == name && row.At >= from && row.At < to).LongCountAsync(cancellationToken);
        if (to + Settled <= now)
        {
            Keep((kind, from, length), count);
        }

        return count;
    }

    private void Keep((AuditKind Kind, DateTimeOffset From, TimeSpan Length) stretch, long count)
    {
        if (kept.Count >= MaxKept)
        {
            // The older half is past what the board shows.
            foreach (var old in kept.Keys.OrderBy(key => key.From).Take(MaxKept / 2))
            {
                kept.TryRemove(old, out _);
            }
        }

        kept[stretch] = count;
    }
}
