using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration;

/// <summary>Whether an operator may change something now: asked by every change, in its own transaction, whatever the door in front of it said (OWASP ASVS 8.3.1, 8.4.2).</summary>
internal sealed class OperatorGuard(RecentAuthentication recent, IOptions<AccountsOptions> accounts)
{
    /// <summary>Null when they may.</summary>
    /// <param name="context">The change's own.</param>
    /// <param name="by">Who.</param>
    /// <param name="isSensitive">Whether they must have proved a short while ago that it is them: for what cannot be taken back, gives power or takes it.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<AdminOutcome?> RefuseAsync(PortalDbContext context, Operator by, bool isSensitive, CancellationToken cancellationToken)
    {
        if (by.IsCommandLine)
        {
            return null;
        }

        if (by.Asker is not { } asker || await context.Sessions.Where(
            session => session.Id == asker.SessionId
                && session.UserId == asker.UserId
                && session.EndedAt == null
                // Whoever acts as somebody else has that person's rights, and only those (OWASP ASVS 8.3.3).
                && session.ImpersonatorId == null
                && context.Users.Any(user => user.Id == session.UserId && user.IsActive)
                && context.AdministratorIds.Contains(session.UserId))
            .Select(session => session.Method)
            .SingleOrDefaultAsync(cancellationToken) is not { } method
            // The page in front led them to their second factor; this stands for a page that was open before (OWASP ASVS 8.4.2).
            || (accounts.Value.Administrators.RequireSecondFactor && !SessionMethods.HasSecondFactor(method)))
        {
            return new AdminOutcome.NotAllowed();
        }

        return isSensitive && !await recent.IsRecentAsync(context, asker, cancellationToken) ? new AdminOutcome.NeedsRecentAuthentication() : null;
    }
}
