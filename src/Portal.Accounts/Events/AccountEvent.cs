using System.Text.Json.Serialization;

namespace Portal.Accounts.Events;

/// <summary>Something happened to an account. A hint that carries ids only: who hears it reads again.</summary>
/// <param name="UserId">Whose account.</param>
[JsonDerivedType(typeof(SessionStarted), "session-started")]
[JsonDerivedType(typeof(SessionsEnded), "sessions-ended")]
[JsonDerivedType(typeof(UserChanged), "user-changed")]
public abstract record AccountEvent(long UserId)
{
    /// <summary>A sign-in made a session.</summary>
    /// <param name="UserId">Whose.</param>
    /// <param name="SessionId">The session's public id.</param>
    public sealed record SessionStarted(long UserId, string SessionId) : AccountEvent(UserId);

    /// <summary>Sessions ended, all for one reason.</summary>
    /// <param name="UserId">Whose.</param>
    /// <param name="SessionIds">Their public ids; never empty.</param>
    /// <param name="Reason">Why.</param>
    public sealed record SessionsEnded(long UserId, IReadOnlyList<string> SessionIds, SessionEndReason Reason) : AccountEvent(UserId);

    /// <summary>A session's open tabs came or went, on this node. Never sent to other nodes.</summary>
    /// <param name="UserId">Whose.</param>
    /// <param name="SessionId">The session's public id.</param>
    public sealed record TabsChanged(long UserId, string SessionId) : AccountEvent(UserId);

    /// <summary>An open tab went to another page, on this node. Changes nothing of the account. Never sent to other nodes.</summary>
    /// <param name="UserId">Whose.</param>
    /// <param name="SessionId">The session's public id.</param>
    public sealed record PageShown(long UserId, string SessionId) : AccountEvent(UserId);

    /// <summary>A sign-in failed or was refused, on this node. Never sent to other nodes.</summary>
    /// <param name="UserId">Whose name was given; 0 for nobody's.</param>
    public sealed record SignInFailed(long UserId) : AccountEvent(UserId);

    /// <summary>The user's status, roles or name changed.</summary>
    /// <param name="UserId">Whose.</param>
    public sealed record UserChanged(long UserId) : AccountEvent(UserId);
}
