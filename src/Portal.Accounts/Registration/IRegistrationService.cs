using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Portal.Accounts.Mail;
using Portal.Accounts.Users;

namespace Portal.Accounts.Registration;

/// <summary>Registering and confirming an address. Any place may call it; nothing here signs anybody in.</summary>
public interface IRegistrationService
{
    /// <summary>
    /// Registers a person and mails a confirmation link; where the address has an account already, its owner is mailed
    /// instead and the answer is the same, in the same time.
    /// </summary>
    Task<RegistrationOutcome> RegisterAsync(RegistrationRequest request, CancellationToken cancellationToken = default);

    /// <summary>How a confirmation link stands, without using it.</summary>
    Task<OneTimeLinkStatus> StatusOfAsync(long userId, string? token, CancellationToken cancellationToken = default);

    /// <summary>When and from where the account was registered that a confirmation link would confirm, so that its reader can tell whether it is theirs.</summary>
    /// <returns>Null when the link cannot be used any more or nothing is known.</returns>
    Task<MailOccasion?> RegisteredFromAsync(long userId, string? token, CancellationToken cancellationToken = default);

    /// <summary>
    /// Confirms the address the link was sent to, once. A verified domain verifies the person, a blocked one blocks them.
    /// </summary>
    /// <param name="http">The request; only from where it comes is read.</param>
    /// <param name="userId">Whose the link says it is.</param>
    /// <param name="token">The link's secret.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns><see cref="OneTimeLinkStatus.Usable"/> when it was used now; else why not. A used link of a confirmed address answers Used.</returns>
    Task<OneTimeLinkStatus> ConfirmAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken = default);

    /// <summary>Mails a new confirmation link if the address belongs to an unconfirmed account. Neither the answer nor the time it takes tells.</summary>
    /// <returns>How long to wait where too many were asked for lately; else null.</returns>
    Task<TimeSpan?> ResendAsync(string email, IPAddress? address, CancellationToken cancellationToken = default);

    /// <summary>
    /// Mails a new confirmation link in place of one that expired, to the address the expired one was for and no other. Counted
    /// with the mails that are asked for by that address.
    /// </summary>
    /// <param name="userId">Whose the link says it is.</param>
    /// <param name="token">The expired link's secret.</param>
    /// <param name="address">From where it is asked for; null when unknown.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<ResendOutcome> ResendAsync(long userId, string? token, IPAddress? address, CancellationToken cancellationToken = default);

    /// <summary>Mails a new confirmation link to the person's own address, where it waits to be confirmed. Counted as the others. Nothing in a session in which an administrator acts as them.</summary>
    /// <returns>How long to wait where too many were asked for lately; else null, also when the asking session has ended.</returns>
    Task<TimeSpan?> ResendAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);
}
