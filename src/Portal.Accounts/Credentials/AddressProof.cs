using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;

namespace Portal.Accounts.Credentials;

/// <summary>What a proven mailbox means for an account, whichever link proved it: confirmed, and what its domain says.</summary>
internal sealed class AddressProof(UserStates states, AuditLog audit, Outbox outbox, TimeProvider time, IOptions<PortalOptions> portal)
{
    /// <summary>Among the details of an operator's change of address: the one that it replaced was confirmed.</summary>
    public const string WasConfirmed = "was_confirmed";

    /// <summary>
    /// In the caller's transaction, which has the user's row. A verified domain verifies them, a blocked one blocks them and
    /// ends their sessions. They are mailed that they are welcome, or that they are blocked.
    /// </summary>
    /// <param name="context">The caller's.</param>
    /// <param name="user">Whose mailbox it is. Tracked.</param>
    /// <param name="origin">From where it was proved.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>What to announce after the commit, when the outbox is to be woken too.</returns>
    public async Task<IReadOnlyList<AccountEvent.SessionsEnded>> ApplyAsync(
        PortalDbContext context, User user, AuditOrigin origin, CancellationToken cancellationToken)
    {
        var isFirst = user.ConfirmedAt is null;
        var byPerson = new AuditEntry(AuditKind.EmailConfirmed, user.Id) { ActorId = user.Id, Origin = origin };
        if (await states.MoveAsync(context, user, UserMove.ConfirmEmail, byPerson, cancellationToken) is null)
        {
            // Another address of somebody confirmed already.
            await audit.AddAsync(context, byPerson, cancellationToken);
            if (user.Domain is { } known)
            {
                await EmailDomainRules.RememberAsync(context, known, cancellationToken);
            }
        }

        var ended = await ObeyDomainAsync(context, user, cancellationToken);
        if (isFirst && user.IsActive)
        {
            await outbox.AddAsync(context, new AccountMail.Welcome(
                user.Email!, user.Id, user.UserName, portal.Value.AbsoluteUrl(PortalLinks.SignIn), origin.ToOccasion(time.GetUtcNow())), cancellationToken);
        }

        return ended;
    }

    /// <summary>
    /// Whether nobody ever proved to have an address of the account, neither the present one nor one that an operator replaced since:
    /// then whoever made it may be somebody else than the owner of the mailbox. What proved an intruder's address does not count
    /// once the former one came back. Told by what was noted, so that nothing noted is nothing proved.
    /// </summary>
    public static async Task<bool> IsMissingAsync(PortalDbContext context, long userId, CancellationToken cancellationToken)
    {
        if (await context.Users.AnyAsync(row => row.Id == userId && row.ConfirmedAt != null, cancellationToken))
        {
            return false;
        }

        return (await ByOperators(context, userId).Select(row => row.Details).ToListAsync(cancellationToken))
            .All(details => !AuditDetails.Read(details).ContainsKey(WasConfirmed));
    }

    /// <summary>Whether an operator ever gave the account another address: then it is that one which waits to be confirmed.</summary>
    public static Task<bool> IsReplacementAsync(PortalDbContext context, long userId, CancellationToken cancellationToken) =>
        ByOperators(context, userId).AnyAsync(cancellationToken);

    /// <summary>The changes of address that operators made.</summary>
    private static IQueryable<AuditEvent> ByOperators(PortalDbContext context, long userId)
    {
        var changed = AuditKind.EmailChanged.ToName();
        return context.AuditEvents.AsNoTracking().Where(row => row.SubjectId == userId && row.Kind == changed && (row.ActorId == null || row.ActorId != userId));
    }

    private async Task<IReadOnlyList<AccountEvent.SessionsEnded>> ObeyDomainAsync(PortalDbContext context, User user, CancellationToken cancellationToken)
    {
        if (user.Domain is not { } domain)
        {
            return [];
        }

        var byDomain = new AuditEntry(AuditKind.Verified, user.Id) { Details = new Dictionary<string, object?> { ["reason"] = "domain", ["domain"] = domain } };
        switch (await EmailDomainRules.StatusOfAsync(context, domain, cancellationToken))
        {
            case EmailDomainStatus.Verified:
                await states.TrustAsync(context, user, byDomain, cancellationToken);
                return [];
            case EmailDomainStatus.Blocked:
                return await states.BlockByDomainAsync(context, user, byDomain, cancellationToken) ?? [];
            default:
                return [];
        }
    }
}
