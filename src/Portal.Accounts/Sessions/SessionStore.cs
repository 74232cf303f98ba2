using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;
using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>Sessions as the cookie handler sees them: a key in the cookie, a row with its hash and the protected ticket.</summary>
/// <remarks>
/// The principal handed out is the ticket's with names, roles and wishes as the user's row has them now: a change of role needs no
/// ticket to be rewritten, and a deactivated user is nobody even before their sessions are found ended.
/// </remarks>
internal sealed class SessionStore(
    IDbContextFactory<PortalDbContext> contexts,
    SessionCache cache,
    SessionEnder ender,
    AccountEvents events,
    NewSessions beginnings,
    SessionCapacity capacity,
    SessionKeys keys,
    SessionReader reader,
    SessionTickets tickets,
    TimeProvider time) : ITicketStore
{
    public Task<string> StoreAsync(AuthenticationTicket ticket) =>
        throw new InvalidOperationException("A session begins with a request: its address and user agent belong to the row.");

    public Task<string> StoreAsync(AuthenticationTicket ticket, CancellationToken cancellationToken) => StoreAsync(ticket);

    /// <summary>Begins a session: row, login information and, in the same transaction, the end of the browser's former one.</summary>
    /// <exception cref="InactiveUserException">The user is not active, or no longer, or their password was replaced since it was proved.</exception>
    /// <exception cref="SessionsFullException">They have as many as they may have, and none ends for it.</exception>
    public async Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext httpContext, CancellationToken cancellationToken)
    {
        var userId = ticket.Principal.UserId() ?? throw new InvalidOperationException("A session needs a user's id.");
        if (ticket.IsRenewal())
        {
            // What was proved is proved: a browser that hangs up must not keep a key that should be dead.
            return await keys.RenewAsync(ticket, userId, CancellationToken.None);
        }

        var now = time.GetUtcNow();
        var key = SessionKey.New();
        var impersonator = ticket.Impersonator();
        var isOwn = impersonator is null;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // Before the transaction: whoever changes administrators holds the role's row, and a reader would wait for it.
        var isAdministrator = await context.AdministratorIds.ContainsAsync(userId, cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);

        // The user's row first, so that a deactivation or a new password is either seen here or sees this session; also where
        // an administrator acts as them, which is no sign-in of theirs.
        var proven = ticket.ProvenHash();
        if (await context.Users.Where(user => user.Id == userId && user.IsActive && (proven == null || user.PasswordHash == proven))
            .ExecuteUpdateAsync(row => row.SetProperty(user => user.SignedInAt, user => isOwn ? now : user.SignedInAt), cancellationToken) == 0)
        {
            throw new InactiveUserException(userId);
        }

        var row = beginnings.NewRow(ticket, httpContext, userId, isAdministrator || impersonator is not null, now);
        row.KeyHash = SessionKey.Hash(key);
        ((ClaimsIdentity)ticket.Principal.Identity!).AddClaim(new Claim(SessionClaims.SessionIdType, row.Id));
        row.Ticket = tickets.Protect(ticket);
        context.Sessions.Add(row);
        var started = new AccountEvent.SessionStarted(userId, row.Id);
        events.Record(context, started);
        if (ticket.Alongside() is { } add)
        {
            await add(context, row, cancellationToken);
        }

        // An administrator goes back to the session they come from, and that somebody signed in is not what happened.
        List<AccountEvent.SessionsEnded> replaced = [];
        if (impersonator is null)
        {
            replaced.AddRange(await beginnings.SignedInAsync(context, row, httpContext.User.SessionId(), now, cancellationToken));
            replaced.AddRange(await capacity.MakeRoomAsync(context, userId, now, cancellationToken));
        }

        await context.SaveChangesAsync(cancellationToken);
        await context.Users.CountSessionsAsync([userId], 1, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);

        ender.Announce(replaced);
        events.Publish(started);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket) =>
        // Nothing renews a ticket behind the cookie: roles come from the user's row, limits from the session's. Accepting
        // one would let a planted cookie become somebody else's session.
        throw new InvalidOperationException("A session's ticket is never replaced; sign in under a new key.");

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => RetrieveAsync(key, CancellationToken.None);

    public Task<AuthenticationTicket?> RetrieveAsync(string key, CancellationToken cancellationToken) => FindTicketAsync(key, httpContext: null, cancellationToken);

    public Task<AuthenticationTicket?> RetrieveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) =>
        FindTicketAsync(key, httpContext, cancellationToken);

    public Task RemoveAsync(string key) => RemoveAsync(key, CancellationToken.None);

    public Task RemoveAsync(string key, HttpContext httpContext, CancellationToken cancellationToken) => RemoveAsync(key, cancellationToken);

    /// <summary>The cookie's own sign-out.</summary>
    public async Task RemoveAsync(string key, CancellationToken cancellationToken)
    {
        var keyHash = SessionKey.Hash(key);
        List<(SessionFilter, SessionEnd)> ends = [(SessionFilter.Key(keyHash), new SessionEnd(SessionEndReason.You))];
        await using (var context = await contexts.CreateDbContextAsync(CancellationToken.None))
        {
            // Whoever acts as somebody else has left their own session in this browser too: it goes first, and this one with it.
            if (await context.Sessions.Where(session => session.KeyHash == keyHash && session.ImpersonatorSessionId != null)
                .Select(session => session.ImpersonatorSessionId).SingleOrDefaultAsync(CancellationToken.None) is { } own)
            {
                ends.Insert(0, (SessionFilter.One(own), new SessionEnd(SessionEndReason.You)));
            }
        }

        // Whoever signs out and closes the window has signed out.
        await ender.EndAsync(ends, CancellationToken.None);
    }

    /// <summary>The person of a session as of now, read from the database; else why the session ended, null when it never was.</summary>
    public async Task<(ClaimsPrincipal? Person, SessionEndReason? EndReason)> FindPersonAsync(string sessionId, CancellationToken cancellationToken)
    {
        var loaded = await reader.LoadAsync(session => session.Id == sessionId, cancellationToken);
        return loaded is not { Entry: { } entry } ? (null, loaded?.Reason)
            : entry.Life.OverAt(time.GetUtcNow()) is { } reason ? (null, reason)
            : (entry.Ticket.Clone().Principal, null);
    }

    /// <summary>
    /// The session of that id and its person as of now, by whatever but its key its id was proved; null when it has ended.
    /// From the cache like a request's.
    /// </summary>
    /// <param name="sessionId">Its public id.</param>
    /// <param name="isSeen">Whether its person is at work by this.</param>
    /// <param name="key">What <see cref="SessionClaims.KeyType"/> is known to say: kept of another key, as another node's new one is not known yet, it is read anew.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<(SessionLife Life, ClaimsPrincipal Person)?> FindLiveAsync(string sessionId, bool isSeen, string? key, CancellationToken cancellationToken)
    {
        if (cache.Find(sessionId) is not { } entry || (key is not null && !entry.Ticket.Principal.HasClaim(SessionClaims.KeyType, key)))
        {
            var version = cache.Version;
            if (await reader.LoadAsync(session => session.Id == sessionId, cancellationToken) is not { Entry: { } read, KeyHash: { } keyHash })
            {
                return null;
            }

            entry = read;
            cache.Add(keyHash, entry, version);
        }

        var now = time.GetUtcNow();
        if (entry.Life.OverAt(now) is { } reason)
        {
            await ender.EndAsync(SessionFilter.One(entry.Life.Id), new SessionEnd(reason), cancellationToken);
            return null;
        }

        if (isSeen)
        {
            See(entry.Life, now);
        }

        return (entry.Life, entry.Ticket.Clone().Principal);
    }

    private async Task<AuthenticationTicket?> FindTicketAsync(string key, HttpContext? httpContext, CancellationToken cancellationToken)
    {
        var keyHash = SessionKey.Hash(key);
        var entry = cache.Find(keyHash);
        if (entry is null)
        {
            var version = cache.Version;
            var loaded = await reader.LoadAsync(session => session.KeyHash == keyHash, cancellationToken);
            if (loaded?.Entry is null)
            {
                EndedSessionFeature.Set(httpContext, loaded?.Reason);
                return null;
            }

            entry = loaded.Entry;
            cache.Add(keyHash, entry, version);
        }

        var now = time.GetUtcNow();
        if (entry.Life.OverAt(now) is { } reason)
        {
            await ender.EndAsync(SessionFilter.One(entry.Life.Id), new SessionEnd(reason), cancellationToken);
            EndedSessionFeature.Set(httpContext, reason);
            return null;
        }

        if (httpContext?.Request.Path.StartsWithSegments("/_blazor") is not true)
        {
            // A forgotten tab takes its line up again by itself, and without web sockets asks all the time.
            See(entry.Life, now);
        }

        return entry.Ticket.Clone();
    }

    private void See(SessionLife life, DateTimeOffset now)
    {
        life.See(now);
        if (life.By is { } by)
        {
            // Who acts as somebody else is at work: their own session waits for them meanwhile.
            cache.FindLife(by.SessionId)?.See(now);
        }
    }
}
