using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Audit;

/// <summary>Where security events are written: a row in the caller's own transaction, so that it is there exactly when the change it tells of was made.</summary>
internal sealed class AuditLog(TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        // Never part of a page; control characters stay escaped.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Adds the event to what the context saves next. One query when only the session says from where.</summary>
    public async Task AddAsync(PortalDbContext context, AuditEntry entry, CancellationToken cancellationToken)
    {
        var origin = entry.Origin ?? await OriginOfAsync(context, entry.SessionId, cancellationToken);
        var row = new AuditEvent
        {
            At = time.GetUtcNow(),
            Kind = entry.Kind.ToName(),
            SubjectId = entry.SubjectId,
            ActorId = entry.ActorId,
            SessionId = entry.SessionId,
        };
        if (origin?.Ip is { } ip)
        {
            row.Ip = ip;
            (row.IpSalt, row.IpDigest) = AuditDigest.Of(ip);
        }

        if (DetailsOf(entry, origin) is { } details)
        {
            row.Details = details;
            (row.DetailsSalt, row.DetailsDigest) = AuditDigest.Of(details);
        }

        context.AuditEvents.Add(row);
    }

    private static async Task<AuditOrigin?> OriginOfAsync(PortalDbContext context, string? sessionId, CancellationToken cancellationToken) => sessionId is null
        ? null
        : await context.Sessions.AsNoTracking()
            .Where(session => session.Id == sessionId)
            .Select(session => new AuditOrigin(session.Ip, session.Country, session.Browser, session.Os))
            .SingleOrDefaultAsync(cancellationToken);

    private static string? DetailsOf(AuditEntry entry, AuditOrigin? origin)
    {
        Dictionary<string, object?> details = [];
        foreach (var (name, value) in new (string, object?)[] { ("browser", origin?.Browser), ("os", origin?.Os), ("country", origin?.Country) })
        {
            if (value is string { Length: > 0 })
            {
                details[name] = value;
            }
        }

        foreach (var (name, value) in entry.Details ?? new Dictionary<string, object?>())
        {
            details[name] = value;
        }

        return details.Count > 0 ? JsonSerializer.Serialize(details, Json) : null;
    }
}
