using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Sessions;

/// <summary>Which live sessions to end. Each way is named; there is no empty filter that would end all by omission.</summary>
internal sealed record SessionFilter(Expression<Func<UserSession, bool>> Matches)
{
    public static SessionFilter One(string id) => new(session => session.Id == id);

    public static SessionFilter OneOf(long userId, string id) => new(session => session.UserId == userId && session.Id == id);

    public static SessionFilter AllOf(long userId) => new(session => session.UserId == userId);

    /// <summary>All of several people's.</summary>
    public static SessionFilter AllOf(IReadOnlyCollection<long> userIds) => new(session => EF.Parameter(userIds).Contains(session.UserId));

    public static SessionFilter OthersOf(long userId, string exceptId) => new(session => session.UserId == userId && session.Id != exceptId);

    public static SessionFilter Key(byte[] keyHash) => new(session => session.KeyHash == keyHash);

    /// <summary>Of these, the ones whose rows are still past their limit when it comes to ending them.</summary>
    public static SessionFilter Expired(IReadOnlyCollection<string> ids, DateTimeOffset now) =>
        // One parameter that holds the list, however long it is.
        new(session => EF.Parameter(ids).Contains(session.Id) && session.ExpiresAt <= now);

    public static SessionFilter Some(IReadOnlyCollection<string> ids) => new(session => EF.Parameter(ids).Contains(session.Id));

    /// <summary>Those in which somebody acts as somebody else from one of these sessions of their own.</summary>
    public static SessionFilter ImpersonationsFrom(IReadOnlyCollection<string> ids) =>
        new(session => session.ImpersonatorSessionId != null && EF.Parameter(ids).Contains(session.ImpersonatorSessionId));

    /// <summary>Those in which a user acts as somebody else.</summary>
    public static SessionFilter ImpersonationsBy(long userId) => new(session => session.ImpersonatorId == userId);

    /// <summary>Those in which somebody acts as a user.</summary>
    public static SessionFilter ImpersonationsOf(long userId) => new(session => session.UserId == userId && session.ImpersonatorId != null);

    /// <summary>Those that began with a session at a provider; where that is not said, all of a subject there.</summary>
    public static SessionFilter OfProvider(string scheme, string? subject, string? providerSessionId) => providerSessionId is null
        ? new(session => session.Provider == scheme && session.ProviderSubject == subject)
        : new(session => session.Provider == scheme && session.ProviderSessionId == providerSessionId && (subject == null || session.ProviderSubject == subject));

    public static SessionFilter Everyone() => new(session => true);
}
