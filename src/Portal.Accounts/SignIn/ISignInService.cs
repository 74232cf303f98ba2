using Microsoft.AspNetCore.Http;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.SignIn;

/// <summary>Signing in and out. Only over HTTP, because both write a cookie: on a circuit it throws.</summary>
public interface ISignInService
{
    /// <summary>
    /// Signs in by password, unless the account has a second factor, and begins a session under a new key; the browser's former session ends. Unknown names and
    /// wrong passwords take the same time.
    /// </summary>
    /// <param name="http">The request; its response must not have started.</param>
    /// <param name="login">An e-mail address or a username, as typed.</param>
    /// <param name="password">As typed.</param>
    /// <param name="isPersistent">"Keep me signed in".</param>
    /// <param name="code">
    /// The second factor, where the account has one and the caller asks for both at once: a code of the authenticator app or a
    /// recovery code. Null, the default, to be asked for it by <see cref="SignInOutcome.NeedsSecondFactor"/>.
    /// </param>
    /// <param name="withoutCookie">For a program that is to be given a token: see <see cref="SignInOutcome.Succeeded.Person"/>.</param>
    /// <param name="fields">What was typed into each <see cref="ISignInField"/>, by its name. Null, the default, for nothing.</param>
    /// <param name="cancellationToken">Stops waiting; an attempt already counted stays counted.</param>
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    Task<SignInOutcome> SignInAsync(
        HttpContext http,
        string login,
        string password,
        bool isPersistent,
        string? code = null,
        bool withoutCookie = false,
        IReadOnlyDictionary<string, string?>? fields = null,
        CancellationToken cancellationToken = default);

    /// <summary>Whether this browser proved a first factor within the last ten minutes and is asked for a second.</summary>
    bool IsWaitingForCode(HttpContext http);

    /// <summary>
    /// Completes a sign-in that waits for a second factor, and begins its session. Wrong codes are counted as failures of the
    /// account; each code works once.
    /// </summary>
    /// <param name="http">The request; its response must not have started.</param>
    /// <param name="code">A code of the authenticator app, or a recovery code, as typed.</param>
    /// <param name="trustBrowser">Whether this browser is not to be asked for a second factor for 30 days.</param>
    /// <param name="cancellationToken">Stops waiting; an attempt already counted stays counted.</param>
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    Task<SignInOutcome> SignInWithCodeAsync(HttpContext http, string code, bool trustBrowser, CancellationToken cancellationToken = default);

    /// <summary>
    /// Of somebody who was told <see cref="SignInOutcome.Full"/> within the last ten minutes in this browser: their live
    /// sessions, the one not seen for longest first. Empty for anybody else.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<IReadOnlyList<SessionInfo>> ListInTheWayAsync(HttpContext http, CancellationToken cancellationToken = default);

    /// <summary>Ends one of these for the reason <c>replaced</c> and begins the session that waits, in one transaction.</summary>
    /// <param name="http">The request; its response must not have started.</param>
    /// <param name="sessionId">Which ends; one that has ended by itself is no matter, as long as there is room.</param>
    /// <param name="cancellationToken">Stops before anything is changed.</param>
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    Task<SignInOutcome> SignInInsteadAsync(HttpContext http, string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Ends the session of this request and removes its cookie. Does nothing for anonymous.</summary>
    /// <param name="http">The request; its response must not have started.</param>
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    Task SignOutAsync(HttpContext http);
}
