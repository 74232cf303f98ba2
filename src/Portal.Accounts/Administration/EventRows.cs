using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>Turns rows of the log into what operators see.</summary>
internal static class EventRows
{
    public static async Task<IReadOnlyList<EventInfo>> InfosAsync(PortalDbContext context, IReadOnlyList<AuditEvent> rows, CancellationToken cancellationToken)
    {
        List<long> ids = [.. rows.SelectMany(row => new[] { row.SubjectId, row.ActorId }).OfType<long>().Distinct()];
        var emails = await context.Users.Where(user => EF.Parameter(ids).Contains(user.Id)).Select(user => new { user.Id, user.Email })
            .ToDictionaryAsync(user => user.Id, user => user.Email, cancellationToken);
        return [.. rows.Select(row => InfoOf(row, emails))];
    }

    private static EventInfo InfoOf(AuditEvent row, IReadOnlyDictionary<long, string?> emails)
    {
        var details = AuditDetails.Read(row.Details);
        return new EventInfo
        {
            Id = row.Id,
            At = row.At,
            KindName = row.Kind,
            Subject = PersonOf(row.SubjectId, emails),
            Actor = PersonOf(row.ActorId, emails),
            SessionId = row.SessionId,
            Ip = row.Ip,
            Country = details.Take("country"),
            Browser = details.Take("browser"),
            Os = details.Take("os"),
            Details = details,
        };
    }

    private static EventPersonInfo? PersonOf(long? id, IReadOnlyDictionary<long, string?> emails) =>
        id is { } known ? new EventPersonInfo(known, emails.GetValueOrDefault(known)) : null;
}
