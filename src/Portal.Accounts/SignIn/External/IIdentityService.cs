using System.Security.Claims;

namespace Portal.Accounts.SignIn.External;

/// <summary>A person's own linked identities. May be used on a circuit. A new one is linked by way of its provider: <see cref="IExternalSignInService"/>.</summary>
public interface IIdentityService
{
    /// <summary>Theirs; null when the session has ended.</summary>
    Task<IdentitiesInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>Whether something sensitive would have to be preceded by proving who they are.</summary>
    Task<bool> NeedsRecentAuthenticationAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes one away, in need of a recent proof. The last way in stays: a password, a passkey or an identity of a configured
    /// provider must be left. A mail tells the person; their open pages hear of it.
    /// </summary>
    /// <param name="person">Who asks.</param>
    /// <param name="id">Which.</param>
    /// <param name="endOthers">Whether all other sessions end with it.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<UnlinkOutcome> UnlinkAsync(ClaimsPrincipal person, string id, bool endOthers, CancellationToken cancellationToken = default);
}
