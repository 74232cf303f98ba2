using Microsoft.AspNetCore.Http;

namespace Portal.Accounts.SignIn;

/// <summary>Signing in and out. Only over HTTP, because both write a cookie: on a circuit it throws.</summary>
public interface ISignInService
{
    /// <summary>
    /// Signs in by password and begins a session under a new key; the browser's former session ends. Unknown names and
    /// wrong passwords take the same time.
    /// </summary>
    /// <param name="http">The request; its response must not have started.</param>
    /// <param name="login">An e-mail address or a username, as typed.</param>
    /// <param name="password">As typed.</param>
    /// <param name="isPersistent">"Keep me signed in".</param>
    /// <param name="cancellationToken">Stops waiting; an attempt already counted stays counted.</param>
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    Task<SignInOutcome> SignInAsync(HttpContext http, string login, string password, bool isPersistent, CancellationToken cancellationToken = default);

    /// <summary>Ends the session of this request and removes its cookie. Does nothing for anonymous.</summary>
    /// <param name="http">The request; its response must not have started.</param>
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    Task SignOutAsync(HttpContext http);
}
