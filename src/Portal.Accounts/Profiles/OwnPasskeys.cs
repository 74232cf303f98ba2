using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Profiles;

/// <summary>What every change of a person's passkeys has in common: where it is logged, who is mailed, which sessions end, who hears of it.</summary>
internal sealed class OwnPasskeys(
    SessionEnder ender, AuditLog audit, AccountEvents events, Outbox outbox, TimeProvider time, IOptions<PortalOptions> portal)
{
    public static PasskeyInfo InfoOf(UserPasskey row) =>
        new(row.Id, row.Data.Name ?? "", row.Data.CreatedAt, row.LastUsedAt, row.Data.IsBackupEligible);

    /// <summary>Adds the event, the ends and the mail to the caller's transaction.</summary>
    /// <param name="context">With the person's row taken.</param>
    /// <param name="user">Who.</param>
    /// <param name="asker">Their session, which goes on.</param>
    /// <param name="kind">Added or removed.</param>
    /// <param name="name">Of the passkey.</param>
    /// <param name="endOthers">Whether all other sessions end.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>What to announce after the commit.</returns>
    public async Task<IReadOnlyList<AccountEvent.SessionsEnded>> NoteAsync(
        PortalDbContext context, User user, SessionAsker asker, AuditKind kind, string name, bool endOthers, CancellationToken cancellationToken)
    {
        IReadOnlyList<AccountEvent.SessionsEnded> ended = endOthers
            ? await ender.MarkAsync(
                context, SessionFilter.OthersOf(user.Id, asker.SessionId), new SessionEnd(SessionEndReason.Everywhere, user.Id, asker.SessionId), cancellationToken)
            : [];
        var count = ended.Sum(happened => happened.SessionIds.Count);
        var origin = await AuditLog.OriginOfAsync(context, asker.SessionId, cancellationToken);
        await audit.AddAsync(context, new AuditEntry(kind, user.Id)
        {
            ActorId = user.Id,
            SessionId = asker.SessionId,
            Origin = origin,
            Details = new Dictionary<string, object?> { ["passkey"] = name, ["ended_sessions"] = count },
        }, cancellationToken);
        var (security, occasion) = (portal.Value.AbsoluteUrl(PortalLinks.Security), origin.ToOccasion(time.GetUtcNow()));
        await outbox.AddAsync(
            context,
            kind is AuditKind.PasskeyAdded
                ? new AccountMail.PasskeyAdded(user.Email!, user.Id, user.UserName, count, security, occasion)
                : new AccountMail.PasskeyRemoved(user.Email!, user.Id, user.UserName, count, security, occasion),
            cancellationToken);
        return ended;
    }

    /// <summary>Saves and commits the caller's transaction, and tells of it. Returns how many sessions ended.</summary>
    /// <exception cref="DbUpdateException">A unique value is taken.</exception>
    public async Task<int> CommitAsync(
        PortalDbContext context, long userId, IReadOnlyList<AccountEvent.SessionsEnded> ended, CancellationToken cancellationToken)
    {
        var changed = new AccountEvent.UserChanged(userId);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await context.Database.CommitTransactionAsync(CancellationToken.None);
        outbox.Wake();
        events.Publish(changed);
        return ender.Announce(ended);
    }
}
