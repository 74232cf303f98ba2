using Microsoft.AspNetCore.Http;
using Portal.Accounts.Passkeys;

namespace Portal.Accounts.SignIn;

/// <summary>
/// Signing in with a passkey: alone, since its device verifies its person, or after a password, in the place of a code. Only
/// over HTTP, because it writes cookies.
/// </summary>
public interface IPasskeySignIn
{
    /// <summary>What the browser is to ask for: any passkey of anybody's. Costs no query, and tells nothing of who has one.</summary>
    /// <param name="http">The request; its response must not have started.</param>
    /// <returns>Null where signing in here is switched off.</returns>
    Task<PasskeyPrompt?> BeginAsync(HttpContext http);

    /// <summary>Takes the answer and begins a session under a new key; the browser's former session ends.</summary>
    /// <param name="http">The request; its response must not have started.</param>
    /// <param name="ticket">Of the prompt; worth something in the browser that was asked.</param>
    /// <param name="answer">The credential as JSON, as the browser made it.</param>
    /// <param name="isPersistent">"Keep me signed in".</param>
    /// <param name="cancellationToken">Stops before the session begins.</param>
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    Task<SignInOutcome> SignInAsync(HttpContext http, string? ticket, string? answer, bool isPersistent, CancellationToken cancellationToken = default);

    /// <summary>The same question to somebody whose password was right and who is asked for more: any passkey of theirs. Null when they have none, or nobody waits in this browser.</summary>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    Task<PasskeyPrompt?> BeginSecondStepAsync(HttpContext http, CancellationToken cancellationToken = default);

    /// <summary>Takes the answer to that question in the place of a code.</summary>
    /// <param name="http">The request; its response must not have started.</param>
    /// <param name="ticket">Of the prompt.</param>
    /// <param name="answer">The credential as JSON, as the browser made it.</param>
    /// <param name="cancellationToken">Stops before the session begins.</param>
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    Task<SignInOutcome> TakeSecondStepAsync(HttpContext http, string? ticket, string? answer, CancellationToken cancellationToken = default);
}
