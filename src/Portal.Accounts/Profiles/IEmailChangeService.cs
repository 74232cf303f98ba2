using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Portal.Accounts.Users;

namespace Portal.Accounts.Profiles;

/// <summary>
/// Changing one's address: asked for in a session, confirmed by a link to the new address, stopped by one to the present
/// one. Nothing changes before the new address is confirmed, and nothing here signs anybody in or out.
/// </summary>
public interface IEmailChangeService
{
    /// <summary>The person's address and the change they wait for; null when the asking session has ended.</summary>
    Task<EmailChangeInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>
    /// Asks for another address: mails a link there and tells the present one. Asking again replaces the former wish.
    /// Where the address has an account already, its owner is mailed instead and the answer is the same.
    /// </summary>
    /// <param name="person">Who asks; their session must have proved lately who they are.</param>
    /// <param name="newEmail">As typed.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<EmailChangeOutcome> RequestAsync(ClaimsPrincipal person, string newEmail, CancellationToken cancellationToken = default);

    /// <summary>Calls the person's own wish off; its link stops working. False when there is none, or the session has ended.</summary>
    Task<bool> CancelAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>How a link to a new address stands, without using it.</summary>
    Task<OneTimeLinkStatus> StatusOfAsync(long userId, string? token, CancellationToken cancellationToken = default);

    /// <summary>The address that a link would make the account's; null when the link cannot be used any more.</summary>
    Task<string?> NewEmailOfAsync(long userId, string? token, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes the address a link was sent to the account's, once, and tells both addresses. What was checked when it was
    /// asked for is checked again. A verified domain verifies the person.
    /// </summary>
    /// <param name="http">The request that came with the link: says from where.</param>
    /// <param name="userId">Whose account the link names.</param>
    /// <param name="token">The link's secret.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<NewEmailOutcome> ConfirmAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken = default);

    /// <summary>How a link that stops a change stands, without using it.</summary>
    Task<OneTimeLinkStatus> StatusOfStopAsync(long userId, string? token, CancellationToken cancellationToken = default);

    /// <summary>Calls a change off by the link that the present address got; the link to the new one stops working.</summary>
    /// <param name="http">The request that came with the link: says from where.</param>
    /// <param name="userId">Whose account the link names.</param>
    /// <param name="token">The link's secret.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns><see cref="OneTimeLinkStatus.Usable"/> when it was used now; else why not.</returns>
    Task<OneTimeLinkStatus> StopAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken = default);
}
