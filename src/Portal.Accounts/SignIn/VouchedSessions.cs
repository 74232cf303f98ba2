using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn;

/// <summary>What a session has of the provider that vouched for its person.</summary>
internal sealed class VouchedSessions(IOptions<SessionsOptions> options)
{
    /// <summary>In the transaction that begins the session, which has the user's row.</summary>
    /// <exception cref="InactiveUserException">The identity was unlinked meanwhile.</exception>
    public async Task ApplyAsync(PortalDbContext context, UserSession session, ProvidedIdentity provider, CancellationToken cancellationToken)
    {
        if (!await HasAsync(context, session.UserId, provider.Scheme, provider.Subject, cancellationToken))
        {
            throw new InactiveUserException(session.UserId);
        }

        (session.Provider, session.ProviderSubject, session.ProviderSessionId) = (provider.Scheme, provider.Subject, provider.SessionId);
        // To be known at a provider for hours is no recent proof; one that does not say when counts as long ago (OWASP ASVS 6.8.4).
        var proved = provider.At ?? session.CreatedAt - options.Value.RecentAuthentication;
        session.AuthenticatedAt = proved < session.CreatedAt ? proved : session.CreatedAt;
    }

    /// <summary>Whether an identity is an account's.</summary>
    public static Task<bool> HasAsync(PortalDbContext context, long userId, string scheme, string subject, CancellationToken cancellationToken) =>
        context.UserLogins.AnyAsync(row => row.LoginProvider == scheme && row.ProviderKey == subject && row.UserId == userId, cancellationToken);
}
