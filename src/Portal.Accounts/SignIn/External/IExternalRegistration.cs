using Microsoft.AspNetCore.Http;

namespace Portal.Accounts.SignIn.External;

/// <summary>Making an account with what a provider proved. Only over HTTP, because it may begin a session: on a circuit it throws.</summary>
public interface IExternalRegistration
{
    /// <summary>What there is to register with in this browser; null when a provider proved nothing lately, or what it proved is used.</summary>
    Task<ExternalPersonInfo?> FindAsync(HttpContext http, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes the account, without a password, and links the identity to it. An address that the provider says is theirs is
    /// confirmed at once, and the session begins; any other is sent the usual mail. An address that has an account is never
    /// linked to it: only where the provider says that it is theirs are they told so, else its owner is, by mail.
    /// </summary>
    /// <param name="http">The request with the proof in its cookie; its response must not have started.</param>
    /// <param name="email">The address, as typed.</param>
    /// <param name="userName">A username, as typed; null or empty for none.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<ExternalRegistrationOutcome> RegisterAsync(HttpContext http, string email, string? userName, CancellationToken cancellationToken = default);
}
