using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Profiles;

/// <summary>Deletes an account for good, in one transaction.</summary>
/// <remarks>
/// What stays: the log's events, without what is personal in them; the outbox's rows, without the address; a mail that
/// says so. The tables that hang on the user go with the row, which the database sees to.
/// </remarks>
internal sealed partial class AccountDeletion(
    IDbContextFactory<PortalDbContext> contexts,
    RecentAuthentication recent,
    SessionEnder ender,
    UserSearch search,
    AuditLog audit,
    AccountEvents events,
    AccountChanges changes,
    Outbox outbox,
    TimeProvider time,
    IOptions<PortalOptions> portal,
    ILogger<AccountDeletion> logger)
{
    public async Task<DeletionOutcome> DeleteAsync(SessionAsker asker, string typedEmail, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // The role's row before the user's, in the order of everybody who takes both.
        var isLast = await Administrators.IsLastAsync(context, asker.UserId, cancellationToken);
        if (await OwnAccount.TakeAsync(context, asker, cancellationToken) is not { } user)
        {
            return new DeletionOutcome.Gone();
        }

        if (search.Normalize(typedEmail) != user.NormalizedEmail)
        {
            return new DeletionOutcome.WrongEmail();
        }

        if (isLast)
        {
            return new DeletionOutcome.LastAdministrator();
        }

        // Last, so that nobody proves who they are for something that is refused afterwards.
        if (!await recent.IsRecentAsync(context, asker, cancellationToken))
        {
            return new DeletionOutcome.NeedsRecentAuthentication();
        }

        var ended = await EraseAsync(context, asker, user, cancellationToken);
        var changed = new AccountEvent.UserChanged(asker.UserId);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
        var count = ender.Announce(ended);
        // After the ends: who hears this first would find no row and could not say why.
        events.Publish(changed);
        Log.Deleted(logger, asker.UserId);
        return new DeletionOutcome.Deleted(count);
    }

    /// <summary>What deleting means, once nothing stands in its way; in the caller's transaction. Returns what to announce after the commit.</summary>
    internal async Task<IReadOnlyList<AccountEvent.SessionsEnded>> EraseAsync(
        PortalDbContext context, SessionAsker asker, User user, CancellationToken cancellationToken)
    {
        var origin = await AuditLog.OriginOfAsync(context, asker.SessionId, cancellationToken);
        var preferences = UserPreferences.Read(user.Preferences);
        var farewell = new AccountMail.Deleted(user.Email!, user.UserName, portal.Value.AbsoluteUrl("/"), origin.ToOccasion(time.GetUtcNow()))
        {
            Culture = preferences.Language,
            TimeZone = preferences.TimeZone,
        };
        await outbox.AddAsync(context, farewell, cancellationToken);
        var ended = await ender.MarkAsync(
            context, SessionFilter.AllOf(user.Id), new SessionEnd(SessionEndReason.Deactivated, user.Id), cancellationToken);
        await audit.AddAsync(
            context, new AuditEntry(AuditKind.AccountDeleted, user.Id) { ActorId = user.Id, SessionId = asker.SessionId }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);

        await AuditLog.EraseAsync(context, user.Id, cancellationToken);
        // What is still to be sent keeps its address until then; the sender blanks it, seeing that nobody's account is behind it.
        await context.OutboxMails
            .Where(mail => mail.UserId == user.Id && mail.DueAt == null)
            .ExecuteUpdateAsync(
                row => row.SetProperty(mail => mail.Recipient, "").SetProperty(mail => mail.LastError, (string?)null), cancellationToken);
        context.ChangeTracker.Clear();
        await context.Users.Where(row => row.Id == user.Id).ExecuteDeleteAsync(cancellationToken);
        changes.Note(context, AccountChangeSubject.User, user.Id, AccountChangeKind.Deleted);
        return ended;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} deleted their account.")]
        public static partial void Deleted(ILogger logger, long userId);
    }
}
