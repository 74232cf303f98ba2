using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Profiles;

/// <summary>A person deletes their own account for good, in one transaction.</summary>
internal sealed partial class AccountDeletion(
    IDbContextFactory<PortalDbContext> contexts,
    RecentAuthentication recent,
    SessionEnder ender,
    UserSearch search,
    Administrators administrators,
    AccountErasure erasure,
    AccountEvents events,
    Outbox outbox,
    TimeProvider time,
    ILogger<AccountDeletion> logger)
{
    public async Task<DeletionOutcome> DeleteAsync(SessionAsker asker, string typedEmail, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // The role's row before the user's, in the order of everybody who takes both.
        var isLast = await administrators.IsLastAsync(context, asker.UserId, cancellationToken);
        if (await OwnAccount.Of(context, asker).TakeAndReadAsync(cancellationToken) is not { } user)
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

        var origin = await AuditLog.OriginOfAsync(context, asker.SessionId, cancellationToken);
        var (ended, changed) = await erasure.EraseAsync(
            context,
            user,
            new AuditEntry(AuditKind.AccountDeleted, user.Id) { ActorId = user.Id, SessionId = asker.SessionId },
            origin.ToOccasion(time.GetUtcNow()),
            cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
        var count = ender.Announce(ended);
        // After the ends: who hears this first would find no row and could not say why.
        events.Publish(changed);
        Log.Deleted(logger, asker.UserId);
        return new DeletionOutcome.Deleted(count);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} deleted their account.")]
        public static partial void Deleted(ILogger logger, long userId);
    }
}
