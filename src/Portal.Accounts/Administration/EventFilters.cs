using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>Turns a filter of the log into a query, after a look at how many events each of its conditions leaves.</summary>
/// <remarks>
/// The condition that leaves fewest is served by its index and the others look at what that leaves, written so that no index
/// of theirs tempts the database away. Kinds in a span of time are one condition, which an index has in the order of time;
/// whoever asks for a span of time gets the events in that order, from the end of it. Of several kinds that leave very many no index
/// has an order: they are walked to, newest first, until the page is full.
/// </remarks>
internal static class EventFilters
{
    public static async Task<EventMatch> MatchAsync(PortalDbContext context, AuditFilter filter, CancellationToken cancellationToken)
    {
        var all = context.AuditEvents.AsNoTracking();
        var isByTime = filter is { SubjectId: null, ActorId: null, Address: null } && (filter.From ?? filter.To) is not null;
        List<(ListTotal Total, IQueryable<AuditEvent> Rows, AuditFilter Others)> ways = [];
        foreach (var (way, others) in Ways(filter))
        {
            var rows = all.Matching(way);
            ways.Add((await rows.TotalAsync(cancellationToken), rows, others));
        }

        if (ways.Count == 0)
        {
            return new EventMatch(all, await all.TotalAsync(cancellationToken), IsByTime: false);
        }

        // The first of those that leave equally few.
        var (total, found, rest) = ways.MinBy(way => way.Total.IsExact ? way.Total.Count : long.MaxValue);
        if (ways.Count == 1)
        {
            return !total.IsExact && filter.Kinds is { Count: > 1 } kinds
                ? new EventMatch(Others(all.Matching(filter with { Kinds = null }), new AuditFilter { Kinds = kinds }), total, isByTime)
                : new EventMatch(found, total, isByTime);
        }

        var left = Others(found, rest);
        return new EventMatch(left, await left.TotalAsync(cancellationToken), isByTime);
    }

    /// <summary>The conditions that an index serves, each with what it leaves to look at; where they leave very many, the likely narrower first.</summary>
    private static IEnumerable<(AuditFilter Way, AuditFilter Others)> Ways(AuditFilter filter)
    {
        if (filter.SubjectId is { } subject)
        {
            yield return (new AuditFilter { SubjectId = subject }, filter with { SubjectId = null });
        }

        if (filter.Address is { } address)
        {
            yield return (new AuditFilter { Address = address }, filter with { Address = null });
        }

        if (filter.ActorId is { } actor)
        {
            yield return (new AuditFilter { ActorId = actor }, filter with { ActorId = null });
        }

        if (filter.Kinds is not null || (filter.From ?? filter.To) is not null)
        {
            yield return (new AuditFilter { Kinds = filter.Kinds, From = filter.From, To = filter.To }, filter with { Kinds = null, From = null, To = null });
        }
    }

    /// <summary>The conditions that no index is to serve: what is put together from a column is none.</summary>
    private static IQueryable<AuditEvent> Others(IQueryable<AuditEvent> rows, AuditFilter filter)
    {
        if (filter.Kinds is { } kinds)
        {
            List<string> names = [.. kinds.Select(kind => kind.ToName())];
            rows = rows.Where(row => names.Contains(row.Kind + ""));
        }

        if (filter.SubjectId is { } subject)
        {
            rows = rows.Where(row => (row.SubjectId ?? 0) == subject);
        }

        if (filter.ActorId is { } actor)
        {
            rows = rows.Where(row => (row.ActorId ?? 0) == actor);
        }

        if (filter.Address is { } address)
        {
            rows = rows.Where(row => row.Ip + "" == address);
        }

        // By time no index tempts while another condition leads through one that has the order.
        return rows.Matching(new AuditFilter { From = filter.From, To = filter.To });
    }
}
