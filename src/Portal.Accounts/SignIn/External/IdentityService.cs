using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn.External;

internal sealed partial class IdentityService(
    IDbContextFactory<PortalDbContext> contexts,
    RecentAuthentication recent,
    WaysIn ways,
    SessionEnder ender,
    AccountEvents events,
    AuditLog audit,
    Outbox outbox,
    TimeProvider time,
    IOptions<ExternalProvidersOptions> providers,
    IOptions<AccountsOptions> accounts,
    IOptions<PortalOptions> portal,
    ILogger<IdentityService> logger) : IIdentityService
{
    public async Task<IdentitiesInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await OwnAccount.Of(context, asker).AnyAsync(cancellationToken) ? await ReadAsync(context, asker, cancellationToken) : null;
    }

    public async Task<bool> NeedsRecentAuthenticationAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return true;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return !await recent.IsRecentAsync(context, asker, cancellationToken);
    }

    public async Task<UnlinkOutcome> UnlinkAsync(ClaimsPrincipal person, string id, bool endOthers, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return new UnlinkOutcome.Gone();
        }

        if (person.IsImpersonated())
        {
            return new UnlinkOutcome.Impersonating();
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // The user's row first, so that of two ways in that go at once one stays.
        if (!await OwnAccount.Of(context, asker).TakeAsync(cancellationToken))
        {
            return new UnlinkOutcome.Gone();
        }

        if (!await recent.IsRecentAsync(context, asker, cancellationToken))
        {
            return new UnlinkOutcome.NeedsRecentAuthentication();
        }

        var now = await ReadAsync(context, asker, cancellationToken);
        if (now.Linked.FirstOrDefault(linked => linked.Id == id) is not { } identity)
        {
            return new UnlinkOutcome.NotFound();
        }

        if (!await ways.RemainWithoutIdentityAsync(context, asker.UserId, id, cancellationToken))
        {
            return new UnlinkOutcome.LastWayIn();
        }

        await context.UserLogins.Where(row => row.Id == id && row.UserId == asker.UserId).ExecuteDeleteAsync(cancellationToken);
        var ended = endOthers
            ? await ender.MarkAsync(
                context, SessionFilter.OthersOf(asker.UserId, asker.SessionId), new SessionEnd(SessionEndReason.Everywhere, asker.UserId, asker.SessionId), cancellationToken)
            : [];
        await TellAsync(context, asker, identity, cancellationToken);
        var changed = new AccountEvent.UserChanged(asker.UserId);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        var count = ender.Announce(ended);
        events.Publish(changed);
        outbox.Wake();
        Log.Unlinked(logger, asker.UserId, identity.Scheme);
        return new UnlinkOutcome.Done(count);
    }

    internal async Task<IdentitiesInfo> ReadAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken)
    {
        var others = await context.Users.Where(user => user.Id == asker.UserId).Select(user => new
        {
            HasPassword = user.PasswordHash != null,
            HasPasskey = context.UserPasskeys.Any(passkey => passkey.UserId == user.Id),
            Sessions = context.Sessions.Count(session => session.UserId == user.Id && session.EndedAt == null && session.Id != asker.SessionId),
        }).SingleAsync(cancellationToken);
        var rows = await context.UserLogins.Where(row => row.UserId == asker.UserId).OrderBy(row => row.CreatedAt)
            .Select(row => new { row.Id, row.LoginProvider, row.ProviderDisplayName, row.ProviderKey, row.CreatedAt })
            .ToListAsync(cancellationToken);
        return new IdentitiesInfo(
            [.. rows.Select(row => new LinkedIdentityInfo(
                row.Id, row.LoginProvider, providers.Value.Find(row.LoginProvider)?.DisplayName ?? row.ProviderDisplayName ?? row.LoginProvider, row.ProviderKey,
                row.CreatedAt, providers.Value.Find(row.LoginProvider) is not null))],
            others.HasPassword && accounts.Value.LocalLogin, others.HasPasskey && accounts.Value.LocalLogin, others.Sessions);
    }

    /// <summary>The log and a mail, in the caller's transaction.</summary>
    private async Task TellAsync(PortalDbContext context, SessionAsker asker, LinkedIdentityInfo identity, CancellationToken cancellationToken)
    {
        await audit.AddAsync(context, new AuditEntry(AuditKind.IdentityUnlinked, asker.UserId)
        {
            ActorId = asker.UserId,
            SessionId = asker.SessionId,
            Details = new Dictionary<string, object?> { ["provider"] = identity.Provider, ["external_id"] = identity.ExternalId },
        }, cancellationToken);
        var user = await context.Users.Where(row => row.Id == asker.UserId).Select(row => new { row.Email, row.UserName }).SingleAsync(cancellationToken);
        var from = await AuditLog.OriginOfAsync(context, asker.SessionId, cancellationToken);
        await outbox.AddAsync(context, new AccountMail.IdentityUnlinked(
            user.Email!, asker.UserId, user.UserName, identity.Provider, portal.Value.AbsoluteUrl(PortalLinks.Identities), from.ToOccasion(time.GetUtcNow())), cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} unlinked their identity of {Scheme}.")]
        public static partial void Unlinked(ILogger logger, long userId, string scheme);
    }
}
