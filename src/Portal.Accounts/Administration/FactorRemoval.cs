using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <summary>Removes the second factor of somebody who lost it (OWASP ASVS 6.4.4).</summary>
/// <remarks>
/// All their sessions end with it: whoever talked an operator into it must not find one open. A password that was chosen short
/// beside the app goes too, for alone it is too easy to guess (NIST SP 800-63B-4, section 3.1.1.2); where people cannot have a
/// link mailed to them it stays, and their overview asks for a longer one.
/// </remarks>
internal sealed partial class FactorRemoval(
    IDbContextFactory<PortalDbContext> contexts,
    OperatorGuard guard,
    UserSearch search,
    FactorChanges changes,
    Memberships memberships,
    SessionEnder ender,
    AccountEvents events,
    Outbox outbox,
    IOptions<AccountsOptions> accounts,
    ILogger<FactorRemoval> logger)
{
    private static readonly FieldError Oneself = new("User", "This is your own account. Remove the factor on your own security page, or ask another administrator.");

    public async Task<AdminOutcome> RemoveAsync(string user, OperatorAct act, CancellationToken cancellationToken)
    {
        if (OperatorAct.Fault(act.Reason, isRequired: true) is { } fault)
        {
            return new AdminOutcome.Refused([fault]);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await guard.RefuseAsync(context, act.By, isSensitive: true, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (await search.FindIdAsync(context, user, cancellationToken) is not { } id)
        {
            return UserAdmin.NoUser(user);
        }

        if (id == act.By.UserId)
        {
            return new AdminOutcome.Refused([Oneself]);
        }

        if (await context.Users.Where(row => row.Id == id).TakeAndReadAsync(cancellationToken) is not { } found)
        {
            return UserAdmin.NoUser(user);
        }

        if (!await Authenticators.RemoveAsync(context, id, cancellationToken))
        {
            return new AdminOutcome.Unchanged();
        }

        var ended = await ender.MarkAsync(
            context, SessionFilter.AllOf(id), new SessionEnd(SessionEndReason.Administrator, act.By.UserId, act.By.SessionId), cancellationToken);
        var change = FactorChange.AppRemovedByAdministrator;
        if (found.HasShortPassword && accounts.Value.Recovery)
        {
            change = FactorChange.AppAndPasswordRemovedByAdministrator;
            (found.PasswordHash, found.HasShortPassword, found.SecurityStamp) = (null, false, Guid.CreateVersion7().ToString());
        }

        // The mail says when; where the operator is, is theirs.
        await changes.AddAsync(context, found, change, act.Entry(AuditKind.SecondFactorRemoved, id), origin: null, cancellationToken);
        var changed = memberships.Changed(context, id);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        var count = ender.Announce(ended);
        events.Publish(changed);
        outbox.Wake();
        Log.Removed(logger, id, act.By.UserId);
        return new AdminOutcome.Done(count);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The second factor of user {UserId} was removed by user {ByUserId}; null is the command line.")]
        public static partial void Removed(ILogger logger, long userId, long? byUserId);
    }
}
