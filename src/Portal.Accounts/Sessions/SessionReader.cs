using System.Linq.Expressions;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>Reads a session's row and its person, and makes of them what requests and circuits are given.</summary>
internal sealed partial class SessionReader(
    IDbContextFactory<PortalDbContext> contexts,
    SessionCache cache,
    SessionEnder ender,
    SessionTickets tickets,
    IOptions<SessionsOptions> options,
    TimeProvider time,
    ILogger<SessionReader> logger)
{
    /// <summary>The session of that row, or why it is over; null when there is no such row, or nobody can read its ticket.</summary>
    public async Task<Loaded?> LoadAsync(Expression<Func<UserSession, bool>> which, CancellationToken cancellationToken)
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

        if (Impersonator.In(row.Session) is { } impersonator && (row.Roles.Contains(RoleNames.Administrator) || !await Impersonator.MayActAsync(context, impersonator, cancellationToken)))
        {
            await ender.EndAsync(SessionFilter.One(row.Session.Id), new SessionEnd(SessionEndReason.Left), CancellationToken.None);
            return new Loaded(null, SessionEndReason.Left);
        }

        if (tickets.Unprotect(row.Session.Ticket) is not { } ticket || ticket.Principal.UserId() != row.Session.UserId)
        {
            Log.UnreadableTicket(logger, row.Session.Id);
            return null;
        }

        var (idle, absolute) = options.Value.LimitsFor(row.Session.IsPersistent, row.Roles.Contains(RoleNames.Administrator));
        var life = cache.LifeOf(row.Session.Id, row.Session.UserId);
        (life.Country, life.By) = (row.Session.Country, Impersonator.In(row.Session));
        life.Read(
            idle < row.Session.IdleTimeout ? idle : row.Session.IdleTimeout,
            row.Session.CreatedAt + absolute is var limit && limit < row.Session.AbsoluteExpiresAt ? limit : row.Session.AbsoluteExpiresAt,
            row.Session.LastSeenAt);
        var person = new PersonInfo(row.Name, row.Email, row.Roles) { Profile = row.Profile, Preferences = row.Preferences, PictureVersion = row.Picture };
        return new Loaded(new SessionCache.Entry(life, WithPerson(ticket, row.Session, person), time.GetUtcNow()), null, row.Session.KeyHash);
    }

    /// <summary>How they authenticated is the row's to say too: what they proved since the sign-in counts.</summary>
    private static AuthenticationTicket WithPerson(AuthenticationTicket ticket, UserSession session, PersonInfo person)
    {
        var principal = person.AppliedTo(ticket.Principal, ticket.AuthenticationScheme);
        var identity = (ClaimsIdentity)principal.Identity!;
        foreach (var claim in identity.FindAll(SessionClaims.MethodType).Concat(identity.FindAll(SessionClaims.KeyType)).ToList())
        {
            identity.RemoveClaim(claim);
        }

        identity.AddClaim(new Claim(SessionClaims.KeyType, SessionKey.DigestOf(session.KeyHash!)));
        identity.AddClaims(session.Method.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(value => new Claim(SessionClaims.MethodType, value)));
        return new(principal, ticket.Properties, ticket.AuthenticationScheme);
    }

    /// <param name="Entry">Null when the session is over.</param>
    /// <param name="Reason">Why it is over; null when it is not.</param>
    /// <param name="KeyHash">The hash of its key; null when it is over.</param>
    internal sealed record Loaded(SessionCache.Entry? Entry, SessionEndReason? Reason, byte[]? KeyHash = null);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The ticket of session {SessionId} cannot be read with the data-protection keys of this node; its browser must sign in again.")]
        public static partial void UnreadableTicket(ILogger logger, string sessionId);
    }
}
