using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;

namespace Portal.Accounts.Credentials.Factors;

/// <summary>What every change of a person's factors leaves behind, in the caller's transaction: the event, the mail, and no browser that is trusted any longer.</summary>
internal sealed class FactorChanges(AuditLog audit, Outbox outbox, TimeProvider time, IOptions<AccountsOptions> accounts, IOptions<PortalOptions> portal)
{
    /// <param name="context">With a transaction.</param>
    /// <param name="user">Whose.</param>
    /// <param name="change">What.</param>
    /// <param name="entry">The event.</param>
    /// <param name="origin">From where, as the mail tells it; null where that is nobody's business of the person.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task AddAsync(PortalDbContext context, User user, FactorChange change, AuditEntry entry, AuditOrigin? origin, CancellationToken cancellationToken)
    {
        if (change is not FactorChange.RecoveryCodesRenewed)
        {
            await TrustedBrowsers.ForgetAllAsync(context, user.Id, cancellationToken);
        }

        await audit.AddAsync(context, entry, cancellationToken);
        await outbox.AddAsync(context, new AccountMail.FactorChanged(
            user.Email!, user.Id, user.UserName, change,
            portal.Value.RecoveryUrl(accounts.Value), portal.Value.AbsoluteUrl(PortalLinks.Security), origin.ToOccasion(time.GetUtcNow())), cancellationToken);
    }

    /// <summary>A recovery code was used in a session, which is not saved yet or runs.</summary>
    public async Task AddUseAsync(PortalDbContext context, UserSession session, int left, CancellationToken cancellationToken)
    {
        var origin = new AuditOrigin(session.Ip, session.Country, session.Browser, session.Os) { IsOfSession = true };
        await audit.AddAsync(context, new AuditEntry(AuditKind.RecoveryCodeUsed, session.UserId)
        {
            ActorId = session.UserId,
            SessionId = session.Id,
            Origin = origin,
            Details = new Dictionary<string, object?> { ["left"] = left },
        }, cancellationToken);
        var user = await context.Users.Where(row => row.Id == session.UserId).Select(row => new { row.Email, row.UserName }).SingleAsync(cancellationToken);
        await outbox.AddAsync(context, new AccountMail.RecoveryCodeUsed(
            user.Email!, session.UserId, user.UserName, left, portal.Value.AbsoluteUrl(PortalLinks.Security), origin.ToOccasion(time.GetUtcNow())), cancellationToken);
    }
}
