using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;

namespace Portal.Accounts.Sessions;

/// <summary>Begins a session in the browser that asks. Only over HTTP: a circuit has no response to put a cookie in.</summary>
internal static class SessionBeginning
{
    // Parameters live as long as the request; they are not part of the stored ticket.
    private const string RenewParameter = "Portal.Renew";
    private const string KeepKeyParameter = "Portal.KeepKey";
    private const string ResumeParameter = "Portal.Resume";
    private const string ImpersonatorParameter = "Portal.Impersonator";
    private const string ProvenHashParameter = "Portal.ProvenHash";
    private const string AlongsideParameter = "Portal.Alongside";

    /// <summary>Makes the row and the cookie. The browser's former session, if any, ends in the same transaction.</summary>
    /// <param name="http">The request, whose response must not have started.</param>
    /// <param name="userId">Who they proved to be.</param>
    /// <param name="methods">How: RFC 8176 values.</param>
    /// <param name="isPersistent">Whether the cookie outlives the browser.</param>
    /// <param name="provenHash">
    /// The hash their password was held against: a password replaced since then ended all sessions, and this one must not
    /// begin behind it. Null when it was not by password.
    /// </param>
    /// <param name="alongside">Adds to the transaction of the session's row, which is not saved yet; null for nothing. What it throws begins no session.</param>
    /// <param name="impersonator">The administrator who is to act as them; their own session stays. Null where it is the user.</param>
    /// <param name="withoutCookie">For a program, which gets an access token instead: nothing opens the session but that.</param>
    /// <returns>The session's person, by whom it can be named.</returns>
    /// <exception cref="InactiveUserException">They were deactivated, or their password was replaced, meanwhile.</exception>
    /// <exception cref="SessionsFullException">They have as many as they may have, and none ends for it.</exception>
    public static async Task<ClaimsPrincipal> BeginSessionAsync(
        this HttpContext http,
        long userId,
        IEnumerable<string> methods,
        bool isPersistent,
        string? provenHash = null,
        Func<PortalDbContext, UserSession, CancellationToken, Task>? alongside = null,
        Impersonator? impersonator = null,
        bool withoutCookie = false)
    {
        http.DemandResponse();
        var identity = IdentityOf(userId);
        identity.AddClaims(methods.Select(method => new Claim(SessionClaims.MethodType, method)));
        if (impersonator is not null)
        {
            identity.AddClaim(new Claim(SessionClaims.ActorType, impersonator.UserId.ToString(CultureInfo.InvariantCulture)));
            identity.AddClaim(new Claim(SessionClaims.ActorNameType, impersonator.Name));
        }

        var properties = new AuthenticationProperties { IsPersistent = isPersistent };
        properties.SetParameter(ProvenHashParameter, provenHash);
        properties.SetParameter(AlongsideParameter, alongside);
        properties.SetParameter(ImpersonatorParameter, impersonator);
        var person = new ClaimsPrincipal(identity);
        if (withoutCookie)
        {
            await http.StoreAsync(person, properties, http.RequestAborted);
        }
        else
        {
            await http.SignInAsync(SessionSchemes.Begin, person, properties);
        }

        return person;
    }

    /// <summary>
    /// Gives the session of this request a new key, because its person has just proved who they are once more: the old
    /// cookie is worth nothing from then on (OWASP ASVS 7.2.4). The session, its open pages and its limits stay. Whoever asks
    /// by an access token holds no key to replace: only the proof is noted.
    /// </summary>
    /// <param name="http">The request, whose response must not have started.</param>
    /// <param name="alongside">Adds what they proved themselves for to the transaction of the new key. What it throws leaves the key as it was.</param>
    /// <exception cref="InactiveUserException">The session has ended, or its user may not sign in any more.</exception>
    public static async Task RenewSessionKeyAsync(this HttpContext http, Func<PortalDbContext, UserSession, CancellationToken, Task> alongside)
    {
        http.DemandResponse();
        var current = await http.AuthenticateAsync(SessionSchemes.Current);
        var properties = new AuthenticationProperties { IsPersistent = current.Properties?.IsPersistent == true };
        properties.SetParameter(RenewParameter, true);
        properties.SetParameter(AlongsideParameter, alongside);
        if (current.Ticket?.AuthenticationScheme is SessionSchemes.Bearer)
        {
            properties.SetParameter(KeepKeyParameter, true);
            await http.StoreAsync(http.User, properties, CancellationToken.None);
            return;
        }

        await http.SignInAsync(SessionSchemes.Begin, http.User, properties);
    }

    /// <summary>
    /// Gives the browser another session that lives already, under a new key; the one it has is the caller's to end. Nobody
    /// proves anything by that: what needs a recent proof needs it as before.
    /// </summary>
    /// <param name="http">The request, whose response must not have started.</param>
    /// <param name="session">Which.</param>
    /// <param name="isPersistent">Whether its cookie outlives the browser.</param>
    /// <param name="alongside">As for a new key. What it throws leaves everything as it was.</param>
    /// <exception cref="InactiveUserException">That session has ended, or its user may not sign in any more.</exception>
    public static Task ResumeSessionAsync(
        this HttpContext http, SessionAsker session, bool isPersistent, Func<PortalDbContext, UserSession, CancellationToken, Task> alongside)
    {
        http.DemandResponse();
        var identity = IdentityOf(session.UserId);
        identity.AddClaim(new Claim(SessionClaims.SessionIdType, session.SessionId));
        var properties = new AuthenticationProperties { IsPersistent = isPersistent };
        properties.SetParameter(RenewParameter, true);
        properties.SetParameter(ResumeParameter, true);
        properties.SetParameter(AlongsideParameter, alongside);
        return http.SignInAsync(SessionSchemes.Begin, new ClaimsPrincipal(identity), properties);
    }

    /// <summary>Whether a ticket asks for a new key of the session it belongs to.</summary>
    public static bool IsRenewal(this AuthenticationTicket ticket) => ticket.Properties.GetParameter<bool>(RenewParameter);

    /// <summary>Whether its person proved who they are without the key, which stays.</summary>
    public static bool KeepsKey(this AuthenticationTicket ticket) => ticket.Properties.GetParameter<bool>(KeepKeyParameter);

    /// <summary>Whether that key is for coming back to the session, and not because its person proved who they are.</summary>
    public static bool IsResumption(this AuthenticationTicket ticket) => ticket.Properties.GetParameter<bool>(ResumeParameter);

    /// <summary>The administrator for whom the session begins; null where it begins for its user.</summary>
    public static Impersonator? Impersonator(this AuthenticationTicket ticket) => ticket.Properties.GetParameter<Impersonator>(ImpersonatorParameter);

    /// <summary>The hash that the password was held against; null when the sign-in was by something else.</summary>
    public static string? ProvenHash(this AuthenticationTicket ticket) => ticket.Properties.GetParameter<string>(ProvenHashParameter);

    /// <summary>What is to be added to the transaction in which a ticket's session begins or gets its new key; null for nothing.</summary>
    public static Func<PortalDbContext, UserSession, CancellationToken, Task>? Alongside(this AuthenticationTicket ticket) =>
        ticket.Properties.GetParameter<Func<PortalDbContext, UserSession, CancellationToken, Task>>(AlongsideParameter);

    /// <summary>What the cookie's handler does, without its cookie: the key is nobody's.</summary>
    private static Task StoreAsync(this HttpContext http, ClaimsPrincipal person, AuthenticationProperties properties, CancellationToken cancellationToken) =>
        http.RequestServices.GetRequiredService<SessionStore>().StoreAsync(new AuthenticationTicket(person, properties, SessionSchemes.Begin), http, cancellationToken);

    private static ClaimsIdentity IdentityOf(long userId)
    {
        var identity = new ClaimsIdentity(SessionSchemes.Current, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, userId.ToString(CultureInfo.InvariantCulture)));
        return identity;
    }
}
