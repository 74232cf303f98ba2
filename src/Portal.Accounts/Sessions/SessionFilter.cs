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

    public static SessionFilter Everyone() => new(session => true);
}
