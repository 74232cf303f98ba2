using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Credentials;

/// <summary>The one place that moves users between states, whoever wants it: an operator, a link, a domain's rule.</summary>
/// <remarks>
/// <code>
///                 active   blocked   verified   confirmed     sessions   mail
/// activate *      yes      no        as before  if never
/// deactivate      no       no        no         as before     all end    deactivated
/// block           no       yes       no         as before     all end    deactivated, unless they were inactive
/// verify          yes      no        yes        if never
/// trust           as before          yes        as before     (a verified domain, of who is confirmed first; active people only)
/// unverify        as before          no         as before
/// confirm e-mail  as before                     yes
/// * and the count of wrong passwords begins anew
/// </code>
/// All of it in the caller's transaction, which has the user's row: sessions marked, logged with what was before and
/// after, mail promised. The caller saves, commits, announces the ends, publishes the change and wakes the outbox.
/// </remarks>
internal sealed class UserStates(SessionEnder ender, AuditLog audit, Outbox outbox, TimeProvider time, IOptions<PortalOptions> portal)
{
    /// <summary>Moves somebody. Null when it is so already, with nothing changed; else what to announce after the commit.</summary>
    /// <param name="context">With a transaction.</param>
    /// <param name="user">Tracked, and read after their row was taken.</param>
    /// <param name="move">Where to.</param>
    /// <param name="cause">By whom and why; its kind and subject are set here.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public Task<IReadOnlyList<AccountEvent.SessionsEnded>?> MoveAsync(
        PortalDbContext context, User user, UserMove move, AuditEntry cause, CancellationToken cancellationToken) =>
        MoveAsync(context, user, move, isDomainBlocked: false, cause, cancellationToken);

    /// <summary><see cref="UserMove.Block"/>, because the domain of the address is blocked, as the mail says.</summary>
    public Task<IReadOnlyList<AccountEvent.SessionsEnded>?> BlockByDomainAsync(
        PortalDbContext context, User user, AuditEntry cause, CancellationToken cancellationToken) =>
        MoveAsync(context, user, UserMove.Block, isDomainBlocked: true, cause, cancellationToken);

    /// <summary>A verified domain verifies who confirms an address of it; who may not sign in gains no trust by it.</summary>
    public async Task TrustAsync(PortalDbContext context, User user, AuditEntry cause, CancellationToken cancellationToken)
    {
        if (user is { VerifiedAt: null, IsActive: true })
        {
            var before = StateOf(user);
            user.VerifiedAt = time.GetUtcNow();
            await NoteAsync(context, user, AuditKind.Verified, before, cause, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<AccountEvent.SessionsEnded>?> MoveAsync(
        PortalDbContext context, User user, UserMove move, bool isDomainBlocked, AuditEntry cause, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (before, isFirstTime) = (StateOf(user), user.ConfirmedAt is null);
        if (!TryApply(user, move, now))
        {
            return null;
        }

        if (isFirstTime && user is { ConfirmedAt: not null, Domain: { } domain })
        {
            await EmailDomainRules.RememberAsync(context, domain, cancellationToken);
        }

        await NoteAsync(context, user, KindOf(move), before, cause, cancellationToken);
        if (move is not (UserMove.Deactivate or UserMove.Block))
        {
            return [];
        }

        // The user's row first: a sign-in that runs at the same time takes it too, and so sees this or is seen by it.
        await context.SaveChangesAsync(cancellationToken);
        await TrustedBrowsers.ForgetAllAsync(context, user.Id, cancellationToken);
        var reason = move is UserMove.Block ? SessionEndReason.Blocked : SessionEndReason.Deactivated;
        var ended = await ender.MarkAsync(context, SessionFilter.AllOf(user.Id), new SessionEnd(reason, cause.ActorId, cause.SessionId), cancellationToken);
        // A domain is often blocked for its many addresses that nobody ever proved to have: no mail goes there.
        if (before.Active && (!isDomainBlocked || before.Confirmed))
        {
            await outbox.AddAsync(context, new AccountMail.Deactivated(
                user.Email!, user.Id, user.UserName, portal.Value.AbsoluteUrl(PortalLinks.Home), now, isDomainBlocked), cancellationToken);
        }

        return ended;
    }

    private static bool TryApply(User user, UserMove move, DateTimeOffset now)
    {
        switch (move)
        {
            case UserMove.Activate when user is not { IsActive: true, BlockedAt: null, ConfirmedAt: not null } || WrongPasswords.AreTooMany(user):
                (user.IsActive, user.BlockedAt, user.AccessFailedCount) = (true, null, 0);
                Confirm(user, now);
                return true;
            case UserMove.Deactivate when user.IsActive:
                (user.IsActive, user.BlockedAt, user.VerifiedAt) = (false, null, null);
                return true;
            case UserMove.Block when user.BlockedAt is null:
                (user.IsActive, user.BlockedAt, user.VerifiedAt) = (false, now, null);
                return true;
            case UserMove.Verify when user is not { IsActive: true, BlockedAt: null, VerifiedAt: not null, ConfirmedAt: not null }:
                (user.IsActive, user.BlockedAt) = (true, null);
                user.VerifiedAt ??= now;
                Confirm(user, now);
                return true;
            case UserMove.Unverify when user.VerifiedAt is not null:
                user.VerifiedAt = null;
                return true;
            case UserMove.ConfirmEmail when user.ConfirmedAt is null:
                Confirm(user, now);
                return true;
            default:
                return false;
        }
    }

    private static void Confirm(User user, DateTimeOffset now)
    {
        user.EmailConfirmed = true;
        user.ConfirmedAt ??= now;
    }

    private static AuditKind KindOf(UserMove move) => move switch
    {
        UserMove.Activate => AuditKind.Activated,
        UserMove.Deactivate => AuditKind.Deactivated,
        UserMove.Block => AuditKind.Blocked,
        UserMove.Verify => AuditKind.Verified,
        UserMove.Unverify => AuditKind.Unverified,
        UserMove.ConfirmEmail => AuditKind.EmailConfirmed,
        _ => throw new ArgumentOutOfRangeException(nameof(move), move, "There is no event for this."),
    };

    private Task NoteAsync(PortalDbContext context, User user, AuditKind kind, State before, AuditEntry cause, CancellationToken cancellationToken)
    {
        // Whoever reads the account's version sees that it is another.
        user.ConcurrencyStamp = Guid.CreateVersion7().ToString();
        return audit.AddAsync(context, cause with
        {
            Kind = kind,
            SubjectId = user.Id,
            Details = new Dictionary<string, object?>(cause.Details ?? new Dictionary<string, object?>()) { ["before"] = Words(before), ["after"] = Words(StateOf(user)) },
        }, cancellationToken);
    }

    private static State StateOf(User user) => new(
        user.IsActive, user.ConfirmedAt is not null, user.BlockedAt is not null, user.VerifiedAt is not null, WrongPasswords.AreTooMany(user));

    private static object Words(State state) => new
    {
        active = state.Active,
        confirmed = state.Confirmed,
        blocked = state.Blocked,
        verified = state.Verified,
        too_many_wrong_passwords = state.TooManyWrongPasswords,
    };

    private sealed record State(bool Active, bool Confirmed, bool Blocked, bool Verified, bool TooManyWrongPasswords);
}
