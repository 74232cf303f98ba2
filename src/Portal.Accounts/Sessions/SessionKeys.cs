using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>Replaces the key of a running session when its person proves who they are once more, or comes back to it.</summary>
/// <remarks>
/// The row keeps its id, so open tabs notice nothing; the former key finds no row any more. Of two renewals at once both
/// come through, one after the other, and the later key counts: the browser keeps the cookie it is given last.
/// </remarks>
internal sealed class SessionKeys(IDbContextFactory<PortalDbContext> contexts, SessionCache cache, AccountEvents events, TimeProvider time)
{
    /// <summary>The new key; opens nothing where the former is kept.</summary>
    /// <exception cref="InactiveUserException">The session has ended, or its user may not sign in any more.</exception>
    public async Task<string> RenewAsync(AuthenticationTicket ticket, long userId, CancellationToken cancellationToken)
    {
        var sessionId = ticket.Principal.SessionId() ?? throw new InvalidOperationException("Only a session's own principal can renew its key.");
        var (key, now) = (SessionKey.New(), time.GetUtcNow());
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);

        // The user's row first, as at a sign-in: a deactivation is either seen here or sees this.
        var session = await context.Users.Where(user => user.Id == userId && user.IsActive).TakeAsync(cancellationToken)
            ? await context.Sessions.SingleOrDefaultAsync(row => row.Id == sessionId && row.UserId == userId && row.EndedAt == null, cancellationToken)
            : null;
        if (session is null)
        {
            throw new InactiveUserException(userId);
        }

        if (!ticket.KeepsKey())
        {
            session.KeyHash = SessionKey.Hash(key);
        }

        if (!ticket.IsResumption())
        {
            session.AuthenticatedAt = now;
        }

        if (ticket.Alongside() is { } add)
        {
            await add(context, session, cancellationToken);
        }

        var changed = new AccountEvent.UserChanged(userId);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);

        // Here at once, so that the answer is not on its way before the old key is dead; on other nodes by the event.
        cache.EvictUser(userId);
        events.Publish(changed);
        return key;
    }
}
