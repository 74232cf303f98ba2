using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Credentials;

/// <summary>What a proven mailbox means for an account, whichever link proved it: confirmed, and what its domain says.</summary>
internal sealed class AddressProof(SessionEnder ender, AuditLog audit, Outbox outbox, TimeProvider time, IOptions<PortalOptions> portal)
{
    /// <summary>
    /// In the caller's transaction, which has the user's row. A verified domain verifies them, a blocked one blocks them and
    /// ends their sessions. They are mailed that they are welcome, or that they are blocked.
    /// </summary>
    /// <returns>What to announce after the commit, when the outbox is to be woken too.</returns>
    public async Task<IReadOnlyList<AccountEvent.SessionsEnded>> ApplyAsync(PortalDbContext context, User user, CancellationToken cancellationToken)
    {
        var (isFirst, wasActive) = (user.ConfirmedAt is null, user.IsActive);
        var ended = await ConfirmAsync(context, user, cancellationToken);
        if (wasActive && !user.IsActive)
        {
            await outbox.AddAsync(context, new AccountMail.Deactivated(user.Email!, user.Id, user.UserName, portal.Value.AbsoluteUrl("/")), cancellationToken);
        }
        else if (isFirst && user.IsActive)
        {
            await outbox.AddAsync(context, new AccountMail.Welcome(user.Email!, user.Id, user.UserName, portal.Value.AbsoluteUrl("/login")), cancellationToken);
        }

        return ended;
    }

    private async Task<IReadOnlyList<AccountEvent.SessionsEnded>> ConfirmAsync(PortalDbContext context, User user, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        user.EmailConfirmed = true;
        user.ConfirmedAt ??= now;
        await audit.AddAsync(context, new AuditEntry(AuditKind.EmailConfirmed, user.Id) { ActorId = user.Id }, cancellationToken);
        if (user.Domain is not { } domain)
        {
            return [];
        }

        await EmailDomainRules.RememberAsync(context, domain, cancellationToken);
        switch (await EmailDomainRules.StatusOfAsync(context, domain, cancellationToken))
        {
            case EmailDomainStatus.Verified:
                if (user.VerifiedAt is null)
                {
                    user.VerifiedAt = now;
                    await audit.AddAsync(context, ByDomain(AuditKind.Verified, user.Id, domain), cancellationToken);
                }

                return [];
            case EmailDomainStatus.Blocked when user.BlockedAt is null:
                (user.IsActive, user.BlockedAt, user.VerifiedAt) = (false, now, null);
                await audit.AddAsync(context, ByDomain(AuditKind.Blocked, user.Id, domain), cancellationToken);
                // The user's row first, as everywhere: a sign-in at the same time sees this or is seen by it.
                await context.SaveChangesAsync(cancellationToken);
                return await ender.MarkAsync(context, SessionFilter.AllOf(user.Id), new SessionEnd(SessionEndReason.Blocked), cancellationToken);
            default:
                return [];
        }
    }

    private static AuditEntry ByDomain(AuditKind kind, long userId, string domain) =>
        new(kind, userId) { Details = new Dictionary<string, object?> { ["reason"] = "domain", ["domain"] = domain } };
}
