using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Portal.Accounts.Administration;

/// <summary>
/// Acting as somebody else, in a session of its own that names both. Only over HTTP, because both calls give the browser
/// another session: on a circuit they throw.
/// </summary>
public interface IImpersonationService
{
    /// <summary>Whether <see cref="StartAsync"/> would refuse an administrator, whatever their reason; null when it would not. Any place may ask.</summary>
    /// <param name="person">The administrator.</param>
    /// <param name="user">As whom: an id, address or username.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<AdminOutcome?> WhyNotAsync(ClaimsPrincipal person, string user, CancellationToken cancellationToken = default);

    /// <summary>
    /// Begins. The browser gets a session of that person's, for an hour at most, with their rights and no others; the
    /// administrator's own goes on without a browser until they come back. Needs a recent proof. Refused for oneself, for
    /// another administrator and for somebody who could not sign in now, and to whoever acts as somebody else already.
    /// </summary>
    /// <param name="http">The request of an administrator; its response must not have started.</param>
    /// <param name="user">As whom: an id, address or username.</param>
    /// <param name="reason">Why, as the person and the log are told it. 1 to 200 characters.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    Task<AdminOutcome> StartAsync(HttpContext http, string user, string? reason, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends the session of this request, in which an administrator acts as somebody else, and gives the browser their own
    /// back, under a new key (OWASP ASVS 7.2.4).
    /// </summary>
    /// <param name="http">The request; its response must not have started.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns>False when their own session is over by now, and the one here is too; and for a session of any other kind, which stays.</returns>
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    Task<bool> EndAsync(HttpContext http, CancellationToken cancellationToken = default);
}
