using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Portal.Accounts.Credentials.Factors;

/// <summary>
/// A person's own second factor. Every call acts as the given person; whatever changes something asks for a recent proof,
/// is told by mail and in the log, and can end the other sessions.
/// </summary>
public interface ISecondFactorService
{
    /// <summary>How it stands; null when the asking session has ended.</summary>
    Task<SecondFactorInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>Makes a key for an authenticator app. Nothing changes before <see cref="AddAsync"/>.</summary>
    Task<SecondFactorOutcome> BeginAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>Asks for the app from now on, once its code proves that it has the key. Answers with ten recovery codes.</summary>
    /// <param name="person">Who.</param>
    /// <param name="setup">What <see cref="BeginAsync"/> gave.</param>
    /// <param name="code">What the app shows, as typed.</param>
    /// <param name="endOthers">Whether all other sessions end.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<SecondFactorOutcome> AddAsync(ClaimsPrincipal person, AuthenticatorSetup setup, string code, bool endOthers, CancellationToken cancellationToken = default);

    /// <summary>Asks for no second factor any more: app, recovery codes and trusted browsers go.</summary>
    /// <param name="person">Who.</param>
    /// <param name="endOthers">Whether all other sessions end.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<SecondFactorOutcome> RemoveAsync(ClaimsPrincipal person, bool endOthers, CancellationToken cancellationToken = default);

    /// <summary>Makes ten new recovery codes; the former ones are void.</summary>
    /// <param name="person">Who.</param>
    /// <param name="endOthers">Whether all other sessions end.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<SecondFactorOutcome> RenewRecoveryCodesAsync(ClaimsPrincipal person, bool endOthers, CancellationToken cancellationToken = default);

    /// <summary>Asks a trusted browser again from its next sign-in on. Takes something from nobody, so it needs no recent proof.</summary>
    /// <returns>False when it is none of theirs, or no longer.</returns>
    Task<bool> ForgetBrowserAsync(ClaimsPrincipal person, long browserId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Proves once more who the person is, by a code of the app or a recovery code in place of the password. As
    /// <see cref="IPasswordService.ConfirmAsync"/>: the session gets a new key, so only over HTTP.
    /// </summary>
    /// <param name="http">The request of a signed-in person; its response must not have started.</param>
    /// <param name="code">As typed.</param>
    /// <param name="cancellationToken">Stops waiting; an attempt already counted stays counted.</param>
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    Task<SecondFactorOutcome> ConfirmAsync(HttpContext http, string code, CancellationToken cancellationToken = default);
}
