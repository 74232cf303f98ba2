using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

internal sealed class SessionService(IDbContextFactory<PortalDbContext> contexts, SessionEnder ender, SessionInfos infos, TimeProvider time) : ISessionService
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
        var live = await infos.ReadAsync(context.Sessions.Where(session => session.UserId == userId && session.EndedAt == null), cancellationToken);
        if (live.All(session => session.Id != current))
        {
            return [];
        }

        var now = time.GetUtcNow();
        var trusted = await context.TrustedBrowsers.Where(browser => browser.UserId == userId && browser.ExpiresAt > now)
            .Select(browser => new { browser.SessionId, browser.ExpiresAt })
            .ToListAsync(cancellationToken);
        var until = trusted.GroupBy(browser => browser.SessionId).ToDictionary(group => group.Key, group => group.Max(browser => browser.ExpiresAt));
        var ended = await infos.ReadAsync(
            context.Sessions
                .Where(session => session.UserId == userId && session.EndedAt != null && session.EndedAt >= since)
                .OrderByDescending(session => session.EndedAt).ThenByDescending(session => session.Id)
                .Take(MaxEnded),
            cancellationToken);
        return
        [
            .. live.Select(session => Own(session, current) with { TrustedUntil = until.TryGetValue(session.Id, out var moment) ? moment : null })
                .OrderByDescending(session => session.IsCurrent)
                .ThenByDescending(session => session.Id),
            .. ended.Select(session => Own(session, current)),
        ];
    }

    public async Task<EndOutcome> EndAsync(ClaimsPrincipal person, string sessionId, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker || !SessionIds.IsWellFormed(sessionId))
        {
            return new EndOutcome.NotFound();
        }

        var reason = sessionId == asker.SessionId ? SessionEndReason.You : SessionEndReason.Revoked;
        var outcome = await ender.EndAsync(asker, SessionFilter.OneOf(asker.UserId, sessionId), reason, cancellationToken);
        return outcome is EndOutcome.Ended { Count: 0 } ? new EndOutcome.NotFound() : outcome;
    }

    public async Task<EndOutcome> EndOthersAsync(ClaimsPrincipal person, CancellationToken cancellationToken) =>
        SessionAsker.Of(person) is { } asker
            ? await ender.EndAsync(asker, SessionFilter.OthersOf(asker.UserId, asker.SessionId), SessionEndReason.Everywhere, cancellationToken)
            : new EndOutcome.NotFound();

    /// <summary>As its person sees it: who an administrator is that acts, and from where, is theirs.</summary>
    private static SessionInfo Own(SessionInfo session, string current)
    {
        var isCurrent = session.Id == current;
        return session.IsImpersonation && !isCurrent ? session with { ImpersonatorId = null, Ip = null, Country = null } : session with { ImpersonatorId = null, IsCurrent = isCurrent };
    }
}
