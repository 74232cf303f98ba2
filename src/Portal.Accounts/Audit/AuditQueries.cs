using Portal.Accounts.Data;

namespace Portal.Accounts.Audit;

/// <summary>Which rows of the log a filter means.</summary>
internal static class AuditQueries
{
    public static IQueryable<AuditEvent> Matching(this IQueryable<AuditEvent> rows, AuditFilter filter)
    {
        if (filter.From is { } from)
        {
            rows = rows.Where(row => row.At >= from);
        }

        if (filter.To is { } to)
        {
            rows = rows.Where(row => row.At < to);
        }

        if (filter.Kinds is { } kinds)
        {
            List<string> names = [.. kinds.Select(kind => kind.ToName())];
            rows = rows.Where(row => names.Contains(row.Kind));
        }

        if (filter.SubjectId is { } subject)
        {
            rows = rows.Where(row => row.SubjectId == subject);
        }

        if (filter.ActorId is { } actor)
        {
            rows = rows.Where(row => row.ActorId == actor);
        }

        return filter.Address is { } address ? rows.Where(row => row.Ip == address) : rows;
    }
}
