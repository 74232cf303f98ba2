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
        var over = await TooManyAsync(context, userId, now, cancellationToken);
        return over.Count == 0 ? []
            : options.Value.WhenFull is WhenFull.Refuse ? throw new SessionsFullException(userId)
            : await EndAsync(context, userId, over, cancellationToken);
    }

    /// <summary>Ends what is too many whatever the settings say: where somebody chose one that ends, and the limit was lowered meanwhile.</summary>
    public async Task<IReadOnlyList<AccountEvent.SessionsEnded>> EndTooManyAsync(
        PortalDbContext context, long userId, DateTimeOffset now, CancellationToken cancellationToken) =>
        await TooManyAsync(context, userId, now, cancellationToken) is { Count: > 0 } over ? await EndAsync(context, userId, over, cancellationToken) : [];

    /// <summary>The sessions that count: those past their limits no more, though the sweeper has not come by yet, and none in which an administrator acts as the user.</summary>
    public static IQueryable<UserSession> Counted(PortalDbContext context, long userId, DateTimeOffset now) => context.Sessions
        .Where(session => session.UserId == userId && session.EndReason == null && session.ImpersonatorId == null && session.ExpiresAt > now);

    /// <summary>Those beyond the limit less one, the one not seen for longest last.</summary>
    private Task<List<string>> TooManyAsync(PortalDbContext context, long userId, DateTimeOffset now, CancellationToken cancellationToken) => Counted(context, userId, now)
        .OrderByDescending(session => session.LastSeenAt)
        .ThenByDescending(session => session.Id)
        .Skip(options.Value.MaximumPerUser - 1)
        .Select(session => session.Id)
        .ToListAsync(cancellationToken);

    private Task<IReadOnlyList<AccountEvent.SessionsEnded>> EndAsync(PortalDbContext context, long userId, List<string> ids, CancellationToken cancellationToken) =>
        ender.MarkAsync(context, SessionFilter.Some(ids), new SessionEnd(SessionEndReason.Replaced, userId), cancellationToken);
}
