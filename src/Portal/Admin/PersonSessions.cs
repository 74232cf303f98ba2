using System.Security.Claims;
using Portal.Accounts.Sessions;

namespace Portal.Admin;

/// <summary>Somebody else's sessions, as their page lists and ends them.</summary>
internal static class PersonSessions
{
    private const int Most = 100;

    public static Task<IReadOnlyList<SessionInfo>> LiveAsync(ISessionAdmin sessions, long userId, CancellationToken cancellationToken) =>
        sessions.ListAsync(userId, Most, cancellationToken);

    /// <summary>Ends one. The operator's own is theirs to end, on their own pages.</summary>
    public static Task EndAsync(ISessionAdmin sessions, string sessionId, ClaimsPrincipal person) =>
        sessionId == person.SessionId() ? Task.CompletedTask : sessions.EndAsync(sessionId, person.UserId(), CancellationToken.None);

    /// <summary>Ends all but the operator's own.</summary>
    public static async Task EndAllAsync(ISessionAdmin sessions, long userId, ClaimsPrincipal person)
    {
        foreach (var session in await LiveAsync(sessions, userId, CancellationToken.None))
        {
            await EndAsync(sessions, session.Id, person);
        }
    }
}
