using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <summary>Removes the second factor, or a passkey, of somebody who lost it (OWASP ASVS 6.4.4).</summary>
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
    WaysIn ways,
    Administrators administrators,
    AuditLog audit,
    Memberships memberships,
    SessionEnder ender,
    AccountEvents events,
    Outbox outbox,
    TimeProvider time,
    IOptions<AccountsOptions> accounts,
    IOptions<PortalOptions> portal,
    ILogger<FactorRemoval> logger)
{
    private static readonly FieldError Oneself = new("User", "This is your own account. Remove the factor on your own security page, or ask another administrator.");

    private static readonly FieldError LastWayIn = new("Passkey", "This is the person's last way in: they have no other with which this site lets people sign in. Have them add one first.");

    public async Task<AdminOutcome> RemoveAsync(string user, OperatorAct act, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var (found, isLast, refused) = await TakeAsync(context, user, act, asksIfLast: true, cancellationToken);
        if (found is null)
        {
            return refused!;
        }

        if (!await Authenticators.RemoveAsync(context, found.Id, cancellationToken))
        {
            return new AdminOutcome.Unchanged();
        }

        var change = FactorChange.AppRemovedByAdministrator;
        if (found.HasShortPassword && accounts.Value.Recovery)
        {
            if (isLast && !await ways.RemainWithoutPasswordAsync(context, found.Id, cancellationToken))
            {
                return new AdminOutcome.Refused([Memberships.LastAdministrator]);
            }

            change = FactorChange.AppAndPasswordRemovedByAdministrator;
            (found.PasswordHash, found.HasShortPassword, found.SecurityStamp) = (null, false, Guid.CreateVersion7().ToString());
            await audit.AddAsync(context, act.Entry(AuditKind.PasswordRemoved, found.Id), cancellationToken);
        }

        var ended = await EndAllAsync(context, found, act, cancellationToken);
        // The mail says when; where the operator is, is theirs.
        await changes.AddAsync(context, found, change, act.Entry(AuditKind.SecondFactorRemoved, found.Id), origin: null, cancellationToken);
        var count = await CommitAsync(context, found, ended, cancellationToken);
        Log.Removed(logger, found.Id, act.By.UserId);
        return new AdminOutcome.Done(count);
    }

    public async Task<AdminOutcome> RemovePasskeyAsync(string user, string passkey, OperatorAct act, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var (found, _, refused) = await TakeAsync(context, user, act, asksIfLast: false, cancellationToken);
        if (found is null)
        {
            return refused!;
        }

        if (await context.UserPasskeys.SingleOrDefaultAsync(row => row.Id == passkey && row.UserId == found.Id, cancellationToken) is not { } row)
        {
            return new AdminOutcome.Unchanged();
        }

        if (!await ways.RemainWithoutPasskeyAsync(context, found.Id, passkey, cancellationToken))
        {
            return new AdminOutcome.Refused([LastWayIn]);
        }

        context.UserPasskeys.Remove(row);
        // So that a sign-in that waits, proved by it, does not go on.
        found.SecurityStamp = Guid.CreateVersion7().ToString();
        var ended = await EndAllAsync(context, found, act, cancellationToken);
        await audit.AddAsync(context, act.Entry(AuditKind.PasskeyRemoved, found.Id, ("passkey", row.Data.Name)), cancellationToken);
        await outbox.AddAsync(context, new AccountMail.PasskeyRemoved(
            found.Email!, found.Id, found.UserName, ended.Sum(happened => happened.SessionIds.Count), portal.Value.AbsoluteUrl(PortalLinks.Security),
            MailOccasion.ByOperator(time.GetUtcNow()), IsByAdministrator: true), cancellationToken);
        var count = await CommitAsync(context, found, ended, cancellationToken);
        Log.PasskeyRemoved(logger, passkey, found.Id, act.By.UserId);
        return new AdminOutcome.Done(count);
    }

    /// <summary>Takes the user's row for this transaction, when the operator may, and tells, if asked, whether they are the last administrator. Without one, what to answer instead.</summary>
    private async Task<(User? User, bool IsLast, AdminOutcome? Refused)> TakeAsync(
        PortalDbContext context, string user, OperatorAct act, bool asksIfLast, CancellationToken cancellationToken)
    {
        if (OperatorAct.Fault(act.Reason, isRequired: true) is { } fault)
        {
            return (null, false, new AdminOutcome.Refused([fault]));
        }

        if (await guard.RefuseAsync(context, act.By, isSensitive: true, cancellationToken) is { } refused)
        {
            return (null, false, refused);
        }

        if (await search.FindIdAsync(context, user, cancellationToken) is not { } id)
        {
            return (null, false, UserAdmin.NoUser(user));
        }

        if (id == act.By.UserId)
        {
            return (null, false, new AdminOutcome.Refused([Oneself]));
        }

        // The role's row before the user's, in the order of everybody who takes both.
        var isLast = asksIfLast && await administrators.IsLastAsync(context, id, cancellationToken);
        return await context.Users.Where(row => row.Id == id).TakeAndReadAsync(cancellationToken) is not { } found ? (null, false, UserAdmin.NoUser(user))
            : act.WhyOld(found) is { } old ? (null, false, old)
            : (found, isLast, null);
    }

    private Task<IReadOnlyList<AccountEvent.SessionsEnded>> EndAllAsync(PortalDbContext context, User user, OperatorAct act, CancellationToken cancellationToken) =>
        ender.MarkAsync(context, SessionFilter.AllOf(user.Id), new SessionEnd(SessionEndReason.Administrator, act.By.UserId, act.By.SessionId), cancellationToken);

    /// <summary>Saves and commits the transaction, and tells of it. Returns how many sessions ended.</summary>
    private async Task<int> CommitAsync(PortalDbContext context, User user, IReadOnlyList<AccountEvent.SessionsEnded> ended, CancellationToken cancellationToken)
    {
        var changed = memberships.Changed(context, user.Id);
        await context.SaveChangesAsync(cancellationToken);
        await context.Database.CommitTransactionAsync(CancellationToken.None);
        var count = ender.Announce(ended);
        events.Publish(changed);
        outbox.Wake();
        return count;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The second factor of user {UserId} was removed by user {ByUserId}; null is the command line.")]
        public static partial void Removed(ILogger logger, long userId, long? byUserId);

        [LoggerMessage(2, LogLevel.Information, "Passkey {PasskeyId} of user {UserId} was removed by user {ByUserId}; null is the command line.")]
        public static partial void PasskeyRemoved(ILogger logger, string passkeyId, long userId, long? byUserId);
    }
}
