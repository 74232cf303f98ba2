namespace Portal.Accounts.SignIn.External;

/// <summary>Hears from providers that somebody's session there is over (OpenID Connect Back-Channel Logout 1.0).</summary>
public interface IProviderLogout
{
    /// <summary>
    /// Ends the sessions that a logout token names, at once and on every node: the one that began with the provider's session
    /// of its <c>sid</c>, or, where it names none, all of that subject.
    /// </summary>
    /// <param name="scheme">Which provider speaks.</param>
    /// <param name="logoutToken">What it says, as it came.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<ProviderLogoutOutcome> EndAsync(string scheme, string? logoutToken, CancellationToken cancellationToken = default);
}
