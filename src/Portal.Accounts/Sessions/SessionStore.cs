using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions.Agents;

namespace Portal.Accounts.Sessions;

/// <summary>Sessions as the cookie handler sees them: a key in the cookie, a row with its hash and the protected ticket.</summary>
/// <remarks>
/// The principal handed out is the ticket's with names, roles and wishes as the user's row has them now: a change of role needs no
/// ticket to be rewritten, and a deactivated user is nobody even before their sessions are found ended.
/// </remarks>
internal sealed partial class SessionStore(
    IDbContextFactory<PortalDbContext> contexts,
    SessionCache cache,
    SessionEnder ender,
    AccountEvents events,
    AuditLog audit,
    SessionKeys keys,
    RequestOrigins origins,
    IDataProtectionProvider protection,
    IOptions<SessionsOptions> options,
    TimeProvider time,
    ILogger<SessionStore> logger) : ITicketStore
{
    private readonly IDataProtector protector = protection.CreateProtector("Portal.Sessions.Ticket");

    public Task<string> StoreAsync(AuthenticationTicket ticket) =>
        throw new InvalidOperationException("A session begins with a request: its address and user agent belong to the row.");

    public Task<string> StoreAsync(AuthenticationTicket ticket, CancellationToken cancellationToken) => StoreAsync(ticket);

    /// <summary>Begins a session: row, login information and, in the same transaction, the end of the browser's former one.</summary>
    /// <exception cref="InactiveUserException">The user is not active, or no longer, or their password was replaced since it was proved.</exception>
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
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        // Before the transaction: whoever changes administrators holds the role's row, and a reader would wait for it.
        var isAdministrator = await context.UserRoles
            .AnyAsync(member => member.UserId == userId && context.Roles.Any(role => role.Id == member.RoleId && role.NormalizedName == RoleNames.NormalizedAdministrator), cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);

        // Takes the user's row for this transaction, so that a deactivation or a new password is either seen here or sees this
        // session.
        var proven = ticket.ProvenHash();
        if (!await context.Users.Where(user => user.Id == userId && user.IsActive && (proven == null || user.PasswordHash == proven)).TakeAsync(cancellationToken))
        {
            throw new InactiveUserException(userId);
        }

        var row = NewRow(ticket, httpContext, userId, isAdministrator, now);
        row.KeyHash = SessionKey.Hash(key);
        ((ClaimsIdentity)ticket.Principal.Identity!).AddClaim(new Claim(SessionClaims.SessionIdType, row.Id));
        row.Ticket = protector.Protect(TicketSerializer.Default.Serialize(ticket));
        context.Sessions.Add(row);
        var started = new AccountEvent.SessionStarted(userId, row.Id);
        events.Record(context, started);
        if (ticket.Alongside() is { } add)
        {
            await add(context, row, cancellationToken);
        }

        await RememberLoginAsync(context, userId, row.Ip, now, cancellationToken);
        await audit.AddAsync(context, new AuditEntry(AuditKind.SignedIn, userId)
        {
            ActorId = userId,
            SessionId = row.Id,
            Origin = new AuditOrigin(row.Ip, row.Country, row.Browser, row.Os),
            Details = new Dictionary<string, object?> { ["method"] = row.Method },
        }, cancellationToken);
        var replaced = httpContext.User.SessionId() is { } former
            ? await ender.MarkAsync(context, SessionFilter.One(former), new SessionEnd(SessionEndReason.Replaced, userId), cancellationToken)
            : [];
        await context.SaveChangesAsync(cancellationToken);
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
    public async Task RemoveAsync(string key, CancellationToken cancellationToken) =>
        // Whoever signs out and closes the window has signed out.
        await ender.EndAsync(SessionFilter.Key(SessionKey.Hash(key)), new SessionEnd(SessionEndReason.You), CancellationToken.None);

    /// <summary>The person of a session as of now, read from the database; else why the session ended, null when it never was.</summary>
    public async Task<(ClaimsPrincipal? Person, SessionEndReason? EndReason)> FindPersonAsync(string sessionId, CancellationToken cancellationToken)
    {
        var loaded = await LoadAsync(session => session.Id == sessionId, cancellationToken);
        return loaded is not { Entry: { } entry } ? (null, loaded?.Reason)
            : entry.Life.OverAt(time.GetUtcNow()) is { } reason ? (null, reason)
            : (entry.Ticket.Clone().Principal, null);
    }

    private async Task<AuthenticationTicket?> FindTicketAsync(string key, HttpContext? httpContext, CancellationToken cancellationToken)
    {
        var keyHash = SessionKey.Hash(key);
        var entry = cache.Find(keyHash);
        if (entry is null)
        {
            var version = cache.Version;
            var loaded = await LoadAsync(session => session.KeyHash == keyHash, cancellationToken);
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

        entry.Life.See(now);
        return entry.Ticket.Clone();
    }

    private async Task<Loaded?> LoadAsync(System.Linq.Expressions.Expression<Func<UserSession, bool>> which, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Sessions.Where(which)
            .Join(context.Users, session => session.UserId, user => user.Id, (session, user) => new
            {
                Session = session,
                user.IsActive,
                Name = user.UserName ?? user.Email,
                user.Email,
                user.Profile,
                user.Preferences,
                Picture = context.Pictures.Where(picture => picture.UserId == user.Id).Select(picture => picture.Version).FirstOrDefault(),
                Roles = context.UserRoles.Where(member => member.UserId == user.Id)
                    .Join(context.Roles, member => member.RoleId, role => role.Id, (member, role) => role.Name!)
                    .ToList(),
            })
            .AsNoTracking()
            .SingleOrDefaultAsync(cancellationToken);
        if (row is null)
        {
            return null;
        }

        if (row.Session.EndedAt is not null || row.Session.Ticket is null || !row.IsActive)
        {
            return new Loaded(null, SessionEndReasonNames.FromName(row.Session.EndReason) ?? SessionEndReason.Deactivated);
        }

        if (Unprotect(row.Session) is not { } ticket || ticket.Principal.UserId() != row.Session.UserId)
        {
            Log.UnreadableTicket(logger, row.Session.Id);
            return null;
        }

        var (idle, absolute) = options.Value.LimitsFor(row.Session.IsPersistent, row.Roles.Contains(RoleNames.Administrator));
        var life = cache.LifeOf(row.Session.Id, row.Session.UserId);
        life.Read(
            idle < row.Session.IdleTimeout ? idle : row.Session.IdleTimeout,
            row.Session.CreatedAt + absolute is var limit && limit < row.Session.AbsoluteExpiresAt ? limit : row.Session.AbsoluteExpiresAt,
            row.Session.LastSeenAt);
        var person = new PersonInfo(row.Name, row.Email, row.Roles) { Profile = row.Profile, Preferences = row.Preferences, PictureVersion = row.Picture };
        return new Loaded(new SessionCache.Entry(life, WithPerson(ticket, person), time.GetUtcNow()), null);
    }

    private UserSession NewRow(AuthenticationTicket ticket, HttpContext httpContext, long userId, bool isAdministrator, DateTimeOffset now)
    {
        var (idle, absolute) = options.Value.LimitsFor(ticket.Properties.IsPersistent, isAdministrator);
        var agent = AgentReader.Read(httpContext.Request.Headers);
        var origin = origins.Of(httpContext);
        return new UserSession
        {
            Id = SessionIds.New(now),
            UserId = userId,
            CreatedAt = now,
            AuthenticatedAt = now,
            LastSeenAt = now,
            IdleTimeout = idle,
            AbsoluteExpiresAt = now + absolute,
            ExpiresAt = now + (idle < absolute ? idle : absolute),
            IsPersistent = ticket.Properties.IsPersistent,
            Ip = origin.Ip,
            Country = origin.Country,
            Browser = agent.Browser,
            BrowserVersion = agent.BrowserVersion,
            Os = agent.Os,
            Device = agent.Device.ToString(),
            Method = string.Join(' ', ticket.Principal.FindAll(SessionClaims.MethodType).Select(claim => claim.Value)),
            Node = Environment.MachineName,
        };
    }

    private static async Task RememberLoginAsync(PortalDbContext context, long userId, string? ip, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var login = await context.LoginInformation.FindAsync([userId], cancellationToken);
        if (login is null)
        {
            login = new LoginInformation { UserId = userId };
            context.LoginInformation.Add(login);
        }

        (login.LastLoginAt, login.LastLoginIp) = (login.CurrentLoginAt ?? now, login.LoginCount > 0 ? login.CurrentLoginIp : ip);
        (login.CurrentLoginAt, login.CurrentLoginIp) = (now, ip);
        login.LoginCount++;
    }

    private AuthenticationTicket? Unprotect(UserSession session)
    {
        try
        {
            return TicketSerializer.Default.Deserialize(protector.Unprotect(session.Ticket!));
        }
        catch (Exception exception) when (exception is System.Security.Cryptography.CryptographicException or IOException)
        {
            // The data-protection keys were replaced: nobody can read the ticket any more, so nobody is signed in by it.
            return null;
        }
    }

    private static AuthenticationTicket WithPerson(AuthenticationTicket ticket, PersonInfo person) =>
        new(person.AppliedTo(ticket.Principal, ticket.AuthenticationScheme), ticket.Properties, ticket.AuthenticationScheme);

    private sealed record Loaded(SessionCache.Entry? Entry, SessionEndReason? Reason);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The ticket of session {SessionId} cannot be read with the data-protection keys of this node; its browser must sign in again.")]
        public static partial void UnreadableTicket(ILogger logger, string sessionId);
    }
}
