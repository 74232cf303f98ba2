using Microsoft.AspNetCore.Http;
using Portal.Accounts.Passkeys;

namespace Portal.Accounts.Credentials;

/// <summary>Proving once more, by a passkey, who is at a running session: beside <see cref="IPasswordService.ConfirmAsync"/>, with the same effect.</summary>
public interface IPasskeyConfirmation
{
    /// <summary>Whether the person has a passkey at all, so that it can be offered.</summary>
    Task<bool> IsPossibleAsync(System.Security.Claims.ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>What the browser is to ask for: any passkey of the person's. Null when they have none, or their session has ended.</summary>
    /// <param name="http">The request of a signed-in person.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    Task<PasskeyPrompt?> BeginAsync(HttpContext http, CancellationToken cancellationToken = default);

    /// <summary>Takes the answer. Their session counts as just signed in, under a new key; its open pages stay.</summary>
    /// <param name="http">The request of a signed-in person; its response must not have started.</param>
    /// <param name="ticket">Of the prompt.</param>
    /// <param name="answer">The credential as JSON, as the browser made it.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    Task<PasskeyConfirmationOutcome> ConfirmAsync(HttpContext http, string? ticket, string? answer, CancellationToken cancellationToken = default);
}
