using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Administration;

/// <summary>What operators do with a user as a whole: move them between states, delete them, send them a link. One at a time or in a batch.</summary>
/// <remarks>
/// Each in a transaction of its own: the guard, then the administrators' role where somebody may be lost to it, then the
/// user's row, then the change. So of two administrators who act against each other at once the second sees what the first did.
/// </remarks>
internal sealed partial class UserModeration(
    IDbContextFactory<PortalDbContext> contexts,
    OperatorGuard guard,
    UserSearch search,
    Memberships memberships,
    UserStates states,
    Administrators administrators,
    AccountErasure erasure,
    RecoveryLinks recovery,
    InvitationLinks invitations,
    SessionEnder ender,
    AccountEvents events,
    AuditLog audit,
    Outbox outbox,
    TimeProvider time,
    Microsoft.Extensions.Options.IOptions<AccountsOptions> accounts,
    ILogger<UserModeration> logger)
{
    public static readonly FieldError Oneself = new("User", "This is your own account. Ask another administrator, or delete it on your own pages.");

    private static readonly FieldError BlockedDomain = new("Email", "This email domain is blocked, so the address cannot count as confirmed. Unblock the domain first, or verify the person instead.");
    private static readonly FieldError NoRecovery = new("User", "Password recovery is disabled, so a link for a new password would lead nowhere.");
    private static readonly FieldError CannotSignIn = new("User", "They may not sign in, so a new password would not help them. Activate the account first.");

    public async Task<AdminOutcome> MoveAsync(UserReference user, UserMove move, OperatorAct act, CancellationToken cancellationToken)
    {
        if (OperatorAct.Fault(act.Reason, isRequired: move is UserMove.Block) is { } fault)
        {
            return new AdminOutcome.Refused([fault]);
        }

        var takesAway = move is UserMove.Deactivate or UserMove.Block;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var (found, refused) = await TakeAsync(context, user, act, isSensitive: move is not UserMove.Unverify, takesAway, cancellationToken);
        if (found is null)
        {
            return refused!;
        }

        // Whoever is verified is trusted whatever their domain is.
        var status = move is UserMove.Activate or UserMove.ConfirmEmail && found is { ConfirmedAt: null, Domain: { } domain }
            ? await EmailDomainRules.StatusOfAsync(context, domain, cancellationToken)
            : EmailDomainStatus.New;
        if (status is EmailDomainStatus.Blocked)
        {
            return new AdminOutcome.Refused([BlockedDomain]);
        }

        if (await states.MoveAsync(context, found, move, act.Entry(AuditKind.Activated, found.Id), cancellationToken) is not { } ended)
        {
            return new AdminOutcome.Unchanged();
        }

        if (status is EmailDomainStatus.Verified)
        {
            await states.TrustAsync(context, found, act.Entry(AuditKind.Verified, found.Id, ("domain", found.Domain)), cancellationToken);
        }

        var changed = memberships.Changed(context, found.Id);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        var count = ender.Announce(ended);
        events.Publish(changed);
        outbox.Wake();
        Log.Moved(logger, found.Id, act.By.UserId, move);
        return new AdminOutcome.Done(count);
    }

    public async Task<AdminOutcome> DeleteAsync(string user, OperatorAct act, CancellationToken cancellationToken)
    {
        if (OperatorAct.Fault(act.Reason, isRequired: true) is { } fault)
        {
            return new AdminOutcome.Refused([fault]);
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var (found, refused) = await TakeAsync(context, user, act, isSensitive: true, takesAway: true, cancellationToken);
        if (found is null)
        {
            return refused!;
        }

        var occasion = MailOccasion.ByOperator(time.GetUtcNow());
        var (ended, changed) = await erasure.EraseAsync(context, found, act.Entry(AuditKind.AccountDeleted, found.Id), occasion, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        var count = ender.Announce(ended);
        // After the ends: who hears this first would find no row and could not say why.
        events.Publish(changed);
        outbox.Wake();
        Log.Deleted(logger, found.Id, act.By.UserId);
        return new AdminOutcome.Done(count);
    }

    /// <summary>Why no link can be mailed to them; null where one can.</summary>
    public FieldError? WhyNoLink(User user) =>
        !user.IsActive ? CannotSignIn
        : InvitationLinks.IsOpenFor(user) || accounts.Value.Recovery ? null
        : NoRecovery;

    /// <summary>Mails a link for a new password; to who has yet to take over their account, another invitation.</summary>
    public async Task<AdminOutcome> SendLinkAsync(UserReference user, OperatorAct act, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var (found, refused) = await TakeAsync(context, user, act, isSensitive: false, takesAway: false, cancellationToken);
        if (found is null)
        {
            return refused!;
        }

        if (WhyNoLink(found) is { } why)
        {
            return new AdminOutcome.Refused([why]);
        }

        var isInvitation = InvitationLinks.IsOpenFor(found);
        if (isInvitation)
        {
            await invitations.AddAsync(context, found, cancellationToken);
        }
        else
        {
            await recovery.AddAsync(context, found, new MailOccasion(time.GetUtcNow(), null, null, null), isByAdministrator: true, cancellationToken);
        }

        await audit.AddAsync(context, act.Entry(isInvitation ? AuditKind.Invited : AuditKind.PasswordResetRequested, found.Id), cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
        Log.Sent(logger, found.Id, act.By.UserId);
        return new AdminOutcome.Done();
    }

    /// <summary>Takes the user's row for this transaction, when the operator may. Without one, what to answer instead.</summary>
    private async Task<(User? User, AdminOutcome? Refused)> TakeAsync(
        PortalDbContext context, UserReference user, OperatorAct act, bool isSensitive, bool takesAway, CancellationToken cancellationToken)
    {
        if (await guard.RefuseAsync(context, act.By, isSensitive && !act.IsProved, cancellationToken) is { } refused)
        {
            return (null, refused);
        }

        if (await search.FindIdAsync(context, user, cancellationToken) is not { } id)
        {
            return (null, UserAdmin.NoUser(user.Text));
        }

        if (takesAway && id == act.By.UserId)
        {
            return (null, new AdminOutcome.Refused([Oneself]));
        }

        // The role's row before the user's, in the order of everybody who takes both.
        if (takesAway && await administrators.IsLastAsync(context, id, cancellationToken))
        {
            return (null, new AdminOutcome.Refused([Memberships.LastAdministrator]));
        }

        return await context.Users.Where(row => row.Id == id).TakeAndReadAsync(cancellationToken) is not { } found ? (null, UserAdmin.NoUser(user.Text))
            : act.WhyOld(found) is { } old ? (null, old)
            : (found, null);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} was moved by user {ByUserId}: {Move}. Null is the command line.")]
        public static partial void Moved(ILogger logger, long userId, long? byUserId, UserMove move);

        [LoggerMessage(2, LogLevel.Information, "User {UserId} was deleted by user {ByUserId}; null is the command line.")]
        public static partial void Deleted(ILogger logger, long userId, long? byUserId);

        [LoggerMessage(3, LogLevel.Information, "User {UserId} was sent a link by user {ByUserId}; null is the command line.")]
        public static partial void Sent(ILogger logger, long userId, long? byUserId);
    }
}
