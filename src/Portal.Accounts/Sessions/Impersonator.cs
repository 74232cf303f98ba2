using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Sessions;

/// <summary>An administrator who is about to act as somebody else.</summary>
/// <param name="UserId">Who they are.</param>
/// <param name="SessionId">Their own session, to which they go back.</param>
/// <param name="Name">What they are called.</param>
/// <param name="Until">When it is over at the latest.</param>
internal sealed record Impersonator(long UserId, string SessionId, string Name, DateTimeOffset Until)
{
    /// <summary>Who acts in a session as its user, in which session of their own; null where the user does.</summary>
    public static SessionAsker? In(UserSession session) =>
        session is { ImpersonatorId: { } id, ImpersonatorSessionId: { } own } ? new SessionAsker(id, own) : null;

    /// <summary>Whether an administrator may still act as somebody: they administer, and their own session lives.</summary>
    public static Task<bool> MayActAsync(PortalDbContext context, SessionAsker impersonator, CancellationToken cancellationToken) =>
        context.Sessions.AnyAsync(
            own => own.Id == impersonator.SessionId && own.UserId == impersonator.UserId && own.EndedAt == null
                && context.Users.Any(user => user.Id == own.UserId && user.IsActive)
                && context.AdministratorIds.Contains(own.UserId),
            cancellationToken);
}
