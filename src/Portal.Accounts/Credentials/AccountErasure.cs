using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Credentials;

/// <summary>What deleting an account means, whoever does it.</summary>
/// <remarks>
/// What stays: the log's events, without what is personal in them; the outbox's rows, without the address; a mail that
/// says so. The tables that hang on the user go with the row, which the database sees to.
/// </remarks>
internal sealed class AccountErasure(SessionEnder ender, AuditLog audit, AccountEvents events, AccountChanges changes, Outbox outbox, IOptions<PortalOptions> portal)
{
    /// <summary>In the caller's transaction, which has the user's row and knows that nothing stands in its way.</summary>
    /// <param name="context">Forgets what it tracks.</param>
    /// <param name="user">Whose.</param>
    /// <param name="entry">By whom; its kind and subject are set here.</param>
    /// <param name="occasion">From where, as the mail repeats it.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>What to announce after the commit, and then to publish.</returns>
    public async Task<(IReadOnlyList<AccountEvent.SessionsEnded> Ended, AccountEvent.UserChanged Changed)> EraseAsync(
        PortalDbContext context, User user, AuditEntry entry, MailOccasion occasion, CancellationToken cancellationToken)
    {
        var preferences = UserPreferences.Read(user.Preferences);
        var farewell = new AccountMail.Deleted(user.Email!, user.UserName, portal.Value.AbsoluteUrl(PortalLinks.Home), occasion)
        {
            Culture = preferences.Language,
            TimeZone = preferences.TimeZone,
        };
        await outbox.AddAsync(context, farewell, cancellationToken);
        var ended = await ender.MarkAsync(
            context, SessionFilter.AllOf(user.Id), new SessionEnd(SessionEndReason.Deleted, entry.ActorId, entry.SessionId), cancellationToken);
        entry = entry with { Kind = AuditKind.AccountDeleted, SubjectId = user.Id };
        var isOwn = entry.ActorId == user.Id;
        if (isOwn)
        {
            await audit.AddAsync(context, entry, cancellationToken);
        }

        await context.SaveChangesAsync(cancellationToken);
        await AuditLog.EraseAsync(context, user.Id, cancellationToken);
        // What is still to be sent keeps its address until then; the sender blanks it, seeing that nobody's account is behind it.
        await context.OutboxMails
            .Where(mail => mail.UserId == user.Id && mail.DueAt == null)
            .ExecuteUpdateAsync(
                row => row.SetProperty(mail => mail.Recipient, "").SetProperty(mail => mail.LastError, (string?)null).SetProperty(mail => mail.Payload, (byte[]?)null), cancellationToken);
        context.ChangeTracker.Clear();
        await context.Users.Where(row => row.Id == user.Id).ExecuteDeleteAsync(cancellationToken);
        changes.Note(context, AccountChangeSubject.User, user.Id, AccountChangeKind.Deleted);
        if (!isOwn)
        {
            // After the erasure: where and why an operator did it is not the person's, and stays.
            await audit.AddAsync(context, entry, cancellationToken);
        }

        var changed = new AccountEvent.UserChanged(user.Id);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        return (ended, changed);
    }
}
