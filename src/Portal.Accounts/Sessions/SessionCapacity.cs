using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>How many sessions a user may have at once.</summary>
internal sealed class SessionCapacity(SessionEnder ender, IOptions<SessionsOptions> options)
{
    /// <summary>
    /// Ends what is too many beside the session that begins in the caller's transaction, which holds the user's row: of two
    /// sign-ins at once the later counts the earlier.
    /// </summary>
    /// <exception cref="SessionsFullException">There is none, and none is made: <see cref="WhenFull.Refuse"/>.</exception>
    public async Task<IReadOnlyList<AccountEvent.SessionsEnded>> MakeRoomAsync(
        PortalDbContext context, long userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Those past their limits count no more, though the sweeper has not come by yet.
        var over = await context.Sessions
            .Where(session => session.UserId == userId && session.EndReason == null && session.ImpersonatorId == null && session.ExpiresAt > now)
            .OrderByDescending(session => session.LastSeenAt)
            .ThenByDescending(session => session.Id)
            .Skip(options.Value.MaximumPerUser - 1)
            .Select(session => session.Id)
            .ToListAsync(cancellationToken);
        return over.Count == 0 ? []
            : options.Value.WhenFull is WhenFull.Refuse ? throw new SessionsFullException(userId)
            : await ender.MarkAsync(context, SessionFilter.Some(over), new SessionEnd(SessionEndReason.Replaced, userId), cancellationToken);
    }
}
