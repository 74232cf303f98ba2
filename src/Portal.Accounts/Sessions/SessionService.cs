using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions.Agents;

namespace Portal.Accounts.Sessions;

/// <summary>Both doors on sessions: rows from the database, what is open now from the tracker.</summary>
internal sealed class SessionService(
    IDbContextFactory<PortalDbContext> contexts,
    SessionEnder ender,
    SessionSweeper sweeper,
    SessionCache cache,
    LiveCircuits circuits,
    TimeProvider time) : ISessionService, ISessionAdmin
{
    private const int MaxEnded = 200;

    public async Task<IReadOnlyList<SessionInfo>> ListAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (person.UserId() is not { } userId || person.SessionId() is not { } current)
        {
            return [];
        }

        var since = time.GetUtcNow() - SessionSweeper.EndedRetention;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var live = await InfosAsync(context.Sessions.Where(session => session.UserId == userId && session.EndedAt == null), cancellationToken);
        if (live.All(session => session.Id != current))
        {
            return [];
        }

        var ended = await InfosAsync(
            context.Sessions
                .Where(session => session.UserId == userId && session.EndedAt != null && session.EndedAt >= since)
                .OrderByDescending(session => session.EndedAt).ThenByDescending(session => session.Id)
                .Take(MaxEnded),
            cancellationToken);
        return
        [
            .. live.Select(session => session with { IsCurrent = session.Id == current })
                .OrderByDescending(session => session.IsCurrent)
                .ThenByDescending(session => session.Id),
            .. ended,
        ];
    }

    public async Task<bool> EndAsync(ClaimsPrincipal person, string sessionId, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker || !SessionIds.IsWellFormed(sessionId))
        {
            return false;
        }

        var reason = sessionId == asker.SessionId ? SessionEndReason.You : SessionEndReason.Revoked;
        return await ender.EndAsync(asker, SessionFilter.OneOf(asker.UserId, sessionId), reason, cancellationToken) > 0;
    }

    public async Task<int> EndOthersAsync(ClaimsPrincipal person, CancellationToken cancellationToken) =>
        SessionAsker.Of(person) is { } asker
            ? await ender.EndAsync(asker, SessionFilter.OthersOf(asker.UserId, asker.SessionId), SessionEndReason.Everywhere, cancellationToken)
            : 0;

    public async Task<IReadOnlyList<SessionInfo>> ListAsync(long? userId, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Sessions.Where(session => session.EndedAt == null);
        rows = userId is null ? rows : rows.Where(session => session.UserId == userId);
        return await InfosAsync(rows.OrderByDescending(session => session.Id).Take(limit), cancellationToken);
    }

    public async Task<SessionInfo?> FindAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (!SessionIds.IsWellFormed(sessionId))
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await InfosAsync(context.Sessions.Where(session => session.Id == sessionId), cancellationToken)).SingleOrDefault();
    }

    public async Task<bool> EndAsync(string sessionId, long? byUserId, CancellationToken cancellationToken) =>
        SessionIds.IsWellFormed(sessionId)
        && await ender.EndAsync(SessionFilter.One(sessionId), new SessionEnd(SessionEndReason.Administrator, byUserId), cancellationToken) > 0;

    public Task<int> EndUserAsync(long userId, long? byUserId, CancellationToken cancellationToken) =>
        ender.EndAsync(SessionFilter.AllOf(userId), new SessionEnd(SessionEndReason.Administrator, byUserId), cancellationToken);

    public Task<int> EndAllAsync(long? byUserId, CancellationToken cancellationToken) =>
        ender.EndAsync(SessionFilter.Everyone(), new SessionEnd(SessionEndReason.Administrator, byUserId), cancellationToken);

    public Task<(int Ended, int Deleted)> CleanAsync(CancellationToken cancellationToken) => sweeper.SweepAsync(cancellationToken);

    private async Task<List<SessionInfo>> InfosAsync(IQueryable<UserSession> rows, CancellationToken cancellationToken)
    {
        // Only what is shown: the ticket stays where it is.
        var found = await rows.Select(session => new
        {
            session.Id,
            session.UserId,
            session.CreatedAt,
            session.LastSeenAt,
            session.ExpiresAt,
            session.Ip,
            session.Country,
            session.Browser,
            session.BrowserVersion,
            session.Os,
            session.Device,
            session.Method,
            session.EndedAt,
            session.EndReason,
        }).ToListAsync(cancellationToken);
        return [.. found.Select(session =>
        {
            var life = session.EndedAt is null ? cache.FindLife(session.Id) : null;
            return new SessionInfo
            {
                Id = session.Id,
                UserId = session.UserId,
                Tabs = session.EndedAt is null ? circuits.TabsOf(session.Id) : 0,
                CreatedAt = session.CreatedAt,
                LastSeenAt = life is not null && life.LastSeenAt > session.LastSeenAt ? life.LastSeenAt : session.LastSeenAt,
                ExpiresAt = life is not null && life.ExpiresAt > session.ExpiresAt ? life.ExpiresAt : session.ExpiresAt,
                Ip = session.Ip,
                Country = session.Country,
                Agent = new AgentInfo(session.Browser, session.BrowserVersion, session.Os, Enum.TryParse<DeviceClass>(session.Device, out var device) ? device : DeviceClass.Unknown),
                Method = session.Method,
                EndedAt = session.EndedAt,
                EndReason = SessionEndReasonNames.FromName(session.EndReason),
            };
        })];
    }
}
