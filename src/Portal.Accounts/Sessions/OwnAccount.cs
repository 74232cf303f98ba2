using Portal.Accounts.Data;

namespace Portal.Accounts.Sessions;

/// <summary>The account of a session that asks, which must live and its user be active: ownership is part of the query.</summary>
internal static class OwnAccount
{
    public static IQueryable<User> Of(PortalDbContext context, SessionAsker asker) => context.Users.Where(user =>
        user.Id == asker.UserId
        && user.IsActive
        && context.Sessions.Any(session => session.Id == asker.SessionId && session.UserId == user.Id && session.EndedAt == null));
}
