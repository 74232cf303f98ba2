using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions.Agents;

namespace Portal.Accounts.Sessions;

/// <summary>Sessions as they are shown: rows from the database, what is open now from the tracker.</summary>
internal sealed class SessionInfos(IDbContextFactory<PortalDbContext> contexts, SessionCache cache, LiveCircuits circuits, IOptions<ExternalProvidersOptions> providers)
{
    /// <summary>One session, live or ended in the last 28 days; null when there is none of that id.</summary>
    public async Task<SessionInfo?> FindAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (!SessionIds.IsWellFormed(sessionId))
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await ReadAsync(context.Sessions.Where(session => session.Id == sessionId), cancellationToken)).SingleOrDefault();
    }

    public async Task<List<SessionInfo>> ReadAsync(IQueryable<UserSession> rows, CancellationToken cancellationToken) =>
        [.. (await ListedSession.Of(rows).ToListAsync(cancellationToken)).Select(Of)];

    public SessionInfo Of(ListedSession row)
    {
        var life = row.EndedAt is null ? cache.FindLife(row.Id) : null;
        var expiresAt = life is not null && life.ExpiresAt > row.ExpiresAt ? life.ExpiresAt : row.ExpiresAt;
        return new SessionInfo
        {
            Id = row.Id,
            UserId = row.UserId,
            IsImpersonation = row.ImpersonatorId is not null,
            ImpersonatorId = row.ImpersonatorId,
            Tabs = row.EndedAt is null ? circuits.TabsOf(row.Id) : 0,
            CreatedAt = row.CreatedAt,
            LastSeenAt = life is not null && life.LastSeenAt > row.LastSeenAt ? life.LastSeenAt : row.LastSeenAt,
            ExpiresAt = expiresAt,
            EndsOfAge = expiresAt >= row.AbsoluteExpiresAt,
            Ip = row.Ip,
            Country = row.Country,
            Agent = new AgentInfo(row.Browser, row.BrowserVersion, row.Os, Enum.TryParse<DeviceClass>(row.Device, out var device) ? device : DeviceClass.Unknown),
            Method = row.Method,
            Provider = row.Provider is { } scheme ? providers.Value.NameOf(scheme) : null,
            EndedAt = row.EndedAt,
            EndReason = SessionEndReasonNames.FromName(row.EndReason),
        };
    }
}
