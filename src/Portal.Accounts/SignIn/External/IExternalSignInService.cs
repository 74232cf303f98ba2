using Microsoft.AspNetCore.Http;

namespace Portal.Accounts.SignIn.External;

/// <summary>
/// The way to an OpenID Connect provider and back. Only over HTTP, because both directions write cookies: on a circuit it
/// throws. Whoever calls <see cref="LeaveAsync"/> has made sure that the person wants it: by a form with an antiforgery token.
/// </summary>
public interface IExternalSignInService
{
    /// <summary>Prepares the way to a provider and remembers in this browser what for.</summary>
    /// <param name="http">The request; its response must not have started.</param>
    /// <param name="scheme">Which provider.</param>
    /// <param name="purpose">What for. All but a sign-in belong to the session that asks, and end with it.</param>
    /// <param name="returnUrl">Where to go after a sign-in; comes back unchecked.</param>
    /// <param name="endOthers">For a link: whether all other sessions end with it.</param>
    /// <exception cref="InvalidOperationException">The response has started.</exception>
    Task<ExternalDeparture> LeaveAsync(HttpContext http, string? scheme, ExternalPurpose purpose, string? returnUrl, bool endOthers = false);

    /// <summary>Uses what the provider proved: signs in, links, or says what else there is to do. What it proved is used once.</summary>
    /// <param name="http">The request with the proof in its cookie; its response must not have started.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="InvalidOperationException">The response has started.</exception>
    Task<ExternalOutcome> ArriveAsync(HttpContext http, CancellationToken cancellationToken = default);
}
