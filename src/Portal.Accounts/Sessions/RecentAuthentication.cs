using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;

namespace Portal.Accounts.Sessions;

/// <summary>Whether somebody proved who they are a short while ago, so that a sensitive action need not ask again (OWASP ASVS 7.5.1).</summary>
internal sealed class RecentAuthentication(IOptions<SessionsOptions> options, TimeProvider time)
{
    /// <summary>
    /// True when the asking session lives and was proved within <see cref="SessionsOptions.RecentAuthentication"/>. The row
    /// decides, not the principal. Whoever acts as somebody else cannot prove to be them. Where the account has an authenticator
    /// app, a session in which it was never asked for proves nothing: the password alone must not do away with the app.
    /// </summary>
    public Task<bool> IsRecentAsync(PortalDbContext context, SessionAsker asker, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - options.Value.RecentAuthentication;
        return context.Sessions.AnyAsync(
            session => session.Id == asker.SessionId && session.UserId == asker.UserId && session.EndedAt == null && session.ImpersonatorId == null && session.AuthenticatedAt > since
                && (session.Method.Contains(SessionMethods.MultipleFactors) || !context.Authenticators.Any(app => app.UserId == session.UserId)),
            cancellationToken);
    }
}
