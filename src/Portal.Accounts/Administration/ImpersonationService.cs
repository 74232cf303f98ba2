using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <remarks>
/// Whether they may is asked in the transaction that begins the session, which holds both the person's row and the
/// administrator's own session: an end of that session either is seen here or sees the new one and ends it too.
/// </remarks>
internal sealed partial class ImpersonationService(
    IDbContextFactory<PortalDbContext> contexts,
    OperatorGuard guard,
    UserSearch search,
    WaysIn ways,
    SessionEnder ender,
    AuditLog audit,
    TimeProvider time,
    ILogger<ImpersonationService> logger) : IImpersonationService
{
    private const int MaxReason = 200;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly FieldError NoReason = new("Reason", $"Say why, in at most {MaxReason} characters. The person is told.");
    private static readonly FieldError Oneself = new("User", "This is you already.");
    private static readonly FieldError Administrator = new("User", "Nobody acts as another administrator. Ask them.");
    private static readonly FieldError Inactive = new("User", "They may not sign in, so nobody may as them. Activate the account first.");
    private static readonly FieldError Unconfirmed = new("User", "Their address is not confirmed, so they may not sign in, and nobody may as them. Confirm the address first.");
    private static readonly FieldError Wayless = new("User", "They have nothing to sign in with yet, no password for example, so nobody may as them.");

    public async Task<AdminOutcome?> WhyNotAsync(ClaimsPrincipal person, string user, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await LookAsync(context, Operator.Of(person), user, cancellationToken)).Refused;
    }

    public async Task<AdminOutcome> StartAsync(HttpContext http, string user, string? reason, CancellationToken cancellationToken)
    {
        http.DemandResponse();
        var by = Operator.Of(http.User);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (found, refused) = await LookAsync(context, by, user, cancellationToken);
        if (found is null)
        {
            return refused!;
        }

        if (reason?.Trim() is not { Length: > 0 and <= MaxReason } why)
        {
            return new AdminOutcome.Refused([NoReason]);
        }

        var own = by.Asker!;
        var limit = await context.Sessions.Where(session => session.Id == own.SessionId).Select(session => session.AbsoluteExpiresAt).SingleAsync(cancellationToken);
        var until = time.GetUtcNow() + Longest;
        try
        {
            await http.BeginSessionAsync(
                found.Id,
                http.User.FindAll(SessionClaims.MethodType).Select(method => method.Value),
                isPersistent: false,
                provenHash: null,
                (beginning, session, token) => BeginAsync(beginning, session, by, why, token),
                new Impersonator(own.UserId, own.SessionId, http.User.Identity?.Name ?? "", until < limit ? until : limit));
        }
        catch (InactiveUserException)
        {
            return new AdminOutcome.Refused([Inactive]);
        }
        catch (RefusedException exception)
        {
            return exception.Outcome;
        }

        Log.Started(logger, own.UserId, found.Id);
        return new AdminOutcome.Done();
    }

    public async Task<bool> EndAsync(HttpContext http, CancellationToken cancellationToken)
    {
        http.DemandResponse();
        if (SessionAsker.Of(http.User) is not { } here
            || !long.TryParse(http.User.FindFirst(SessionClaims.ActorType)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var impersonatorId))
        {
            return false;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await context.Sessions
            .Where(session => session.UserId == impersonatorId && session.EndedAt == null
                && context.Sessions.Any(row => row.Id == here.SessionId && row.ImpersonatorSessionId == session.Id && row.EndedAt == null))
            .Select(session => new { session.Id, session.IsPersistent })
            .SingleOrDefaultAsync(cancellationToken);
        IReadOnlyList<AccountEvent.SessionsEnded> ended = [];
        try
        {
            await http.ResumeSessionAsync(
                new SessionAsker(impersonatorId, own?.Id ?? throw new InactiveUserException(impersonatorId)),
                own.IsPersistent,
                async (resuming, session, token) =>
                {
                    ended = await ender.MarkAsync(
                        resuming, SessionFilter.One(here.SessionId), new SessionEnd(SessionEndReason.Left, session.UserId, session.Id), token);
                    if (ended.Count == 0)
                    {
                        // Ended from elsewhere meanwhile: its browser has no more claim to anybody's session.
                        throw new InactiveUserException(session.UserId);
                    }
                });
        }
        catch (InactiveUserException)
        {
            await ender.EndAsync(SessionFilter.One(here.SessionId), new SessionEnd(SessionEndReason.Left), CancellationToken.None);
            return false;
        }

        // Not before the browser has its cookie: the pages that hear of it ask for others at once, which would break the answer off.
        http.Response.OnCompleted(() =>
        {
            ender.Announce(ended);
            return Task.CompletedTask;
        });
        Log.Ended(logger, impersonatorId, here.UserId);
        return true;
    }

    /// <summary>Who is meant; null, with why, where the operator may not act as them.</summary>
    private async Task<(User? Found, AdminOutcome? Refused)> LookAsync(PortalDbContext context, Operator by, string user, CancellationToken cancellationToken)
    {
        // Before anybody is looked for, so that whoever may not learns nothing.
        if (await guard.RefuseAsync(context, by, isSensitive: false, cancellationToken) is { } notAllowed)
        {
            return (null, notAllowed);
        }

        if (await search.FindAsync(context, user, cancellationToken) is not { } found)
        {
            return (null, UserAdmin.NoUser(user));
        }

        return await RefuseAsync(context, by, found.Id, cancellationToken) is { } refused ? (null, refused) : (found, null);
    }

    private async Task<AdminOutcome?> RefuseAsync(PortalDbContext context, Operator by, long userId, CancellationToken cancellationToken) =>
        userId == by.UserId ? new AdminOutcome.Refused([Oneself])
        : await context.AdministratorIds.ContainsAsync(userId, cancellationToken) ? new AdminOutcome.Refused([Administrator])
        : await WhyOutAsync(context, userId, cancellationToken) is { } why ? new AdminOutcome.Refused([why])
        // Last, so that nobody proves who they are for something that is refused afterwards.
        : await guard.RefuseAsync(context, by, isSensitive: true, cancellationToken);

    /// <summary>Why somebody could not sign in now; null where they could.</summary>
    private async Task<FieldError?> WhyOutAsync(PortalDbContext context, long userId, CancellationToken cancellationToken) =>
        await ways.Able(context).AnyAsync(user => user.Id == userId, cancellationToken) ? null
        : !await context.Users.AnyAsync(user => user.Id == userId && user.IsActive, cancellationToken) ? Inactive
        : await ways.HasOneAsync(context, userId, cancellationToken) ? Unconfirmed
        : Wayless;

    /// <summary>The last look, and the log, in the transaction in which the session begins.</summary>
    private async Task BeginAsync(PortalDbContext context, UserSession session, Operator by, string why, CancellationToken cancellationToken)
    {
        var own = by.Asker!;
        // Takes the row: who ends that session waits, and finds this one.
        await context.Sessions.Where(row => row.Id == own.SessionId)
            .ExecuteUpdateAsync(row => row.SetProperty(found => found.IsPersistent, found => found.IsPersistent), cancellationToken);
        if (await RefuseAsync(context, by, session.UserId, cancellationToken) is { } refused)
        {
            throw new RefusedException(refused);
        }

        await audit.AddAsync(context, new AuditEntry(AuditKind.ImpersonationStarted, session.UserId)
        {
            ActorId = own.UserId,
            SessionId = own.SessionId,
            Details = new Dictionary<string, object?> { ["why"] = why, ["session"] = new { id = session.Id } },
        }, cancellationToken);
    }

    /// <summary>Carries the outcome out of the transaction, which it undoes.</summary>
    private sealed class RefusedException(AdminOutcome outcome) : Exception("The impersonation was refused.")
    {
        public AdminOutcome Outcome { get; } = outcome;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "User {ImpersonatorId} acts as user {UserId} from now on.")]
        public static partial void Started(ILogger logger, long impersonatorId, long userId);

        [LoggerMessage(2, LogLevel.Information, "User {ImpersonatorId} no longer acts as user {UserId}.")]
        public static partial void Ended(ILogger logger, long impersonatorId, long userId);
    }
}
