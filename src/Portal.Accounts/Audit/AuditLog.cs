using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Audit;

/// <summary>Where security events are written: a row in the caller's own transaction, so that it is there exactly when the change it tells of was made.</summary>
internal sealed class AuditLog(TimeProvider time, AuditDoor? door = null)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        // Never part of a page; control characters stay escaped.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>
    /// Adds the event to what the context saves next. Who did it is who really did: in a session in which an administrator
    /// acts as somebody else, the administrator. One query, unless the entry's origin is the session's already.
    /// </summary>
    public async Task AddAsync(PortalDbContext context, AuditEntry entry, CancellationToken cancellationToken)
    {
        var session = entry is { SessionId: { } id, Origin: not { IsOfSession: true } } ? await OriginOfAsync(context, id, cancellationToken) : entry.Origin;
        var origin = entry.Origin ?? session ?? AuditOrigin.Unknown;
        var row = new AuditEvent
        {
            At = time.GetUtcNow(),
            Kind = entry.Kind.ToName(),
            SubjectId = entry.SubjectId,
            ActorId = entry.ActorId is null ? null : session?.ImpersonatorId ?? entry.ActorId,
            SessionId = entry.SessionId,
        };
        if (origin.Ip is { } ip)
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

    /// <summary>
    /// Takes what is personal out of everything about a user, in the caller's transaction: addresses and details, each with its
    /// salt; and of what they did to others the address. What is left says that somebody of that number did it. Returns how many
    /// rows it touched.
    /// </summary>
    public static async Task<int> EraseAsync(PortalDbContext context, long userId, CancellationToken cancellationToken) =>
        await context.AuditEvents
            .Where(row => row.SubjectId == userId && (row.Ip != null || row.Details != null))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.Ip, (string?)null)
                    .SetProperty(row => row.IpSalt, (byte[]?)null)
                    .SetProperty(row => row.Details, (string?)null)
                    .SetProperty(row => row.DetailsSalt, (byte[]?)null),
                cancellationToken)
        // What they did to others is the others' history too: the details stay, with browser, system and country, which one digest binds to before, after and reason.
        + await context.AuditEvents
            .Where(row => row.ActorId == userId && row.SubjectId != userId && row.Ip != null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Ip, (string?)null).SetProperty(row => row.IpSalt, (byte[]?)null), cancellationToken);

    /// <summary>From where a session signed in, and who acts in it: one query, none for no session.</summary>
    public static async Task<AuditOrigin> OriginOfAsync(PortalDbContext context, string? sessionId, CancellationToken cancellationToken) =>
        (sessionId is null ? null : await context.Sessions.AsNoTracking()
            .Where(session => session.Id == sessionId)
            .Select(session => new AuditOrigin(session.Ip, session.Country, session.Browser, session.Os) { IsOfSession = true, ImpersonatorId = session.ImpersonatorId })
            .SingleOrDefaultAsync(cancellationToken)) ?? AuditOrigin.Unknown;

    private string? DetailsOf(AuditEntry entry, AuditOrigin origin)
    {
        Dictionary<string, object?> details = [];
        foreach (var (name, value) in new (string, object?)[] { ("browser", origin.Browser), ("os", origin.Os), ("country", origin.Country), (AuditDoor.Detail, door?.Name) })
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
