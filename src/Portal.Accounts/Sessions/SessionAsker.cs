using System.Security.Claims;

namespace Portal.Accounts.Sessions;

/// <summary>A session that asks for something, as its principal names it; whether it still lives is the database's to say.</summary>
internal sealed record SessionAsker(long UserId, string SessionId)
{
    /// <summary>Null for anonymous.</summary>
    public static SessionAsker? Of(ClaimsPrincipal person) =>
        person.UserId() is { } userId && person.SessionId() is { } sessionId ? new SessionAsker(userId, sessionId) : null;
}
