using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Portal.Accounts.Sessions;

/// <summary>Begins a session in the browser that asks. Only over HTTP: a circuit has no response to put a cookie in.</summary>
internal static class SessionBeginning
{
    /// <summary>Makes the row and the cookie. The browser's former session, if any, ends in the same transaction.</summary>
    /// <param name="http">The request, whose response must not have started.</param>
    /// <param name="userId">Who they proved to be.</param>
    /// <param name="methods">How: RFC 8176 values.</param>
    /// <param name="isPersistent">Whether the cookie outlives the browser.</param>
    /// <exception cref="InactiveUserException">They were deactivated meanwhile.</exception>
    public static Task BeginSessionAsync(this HttpContext http, long userId, IEnumerable<string> methods, bool isPersistent)
    {
        if (http.Response.HasStarted)
        {
            throw new InvalidOperationException("The response has started; a session can only begin where a cookie can still be written.");
        }

        var identity = new ClaimsIdentity(SessionSchemes.Current, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, userId.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaims(methods.Select(method => new Claim(SessionClaims.MethodType, method)));
        return http.SignInAsync(SessionSchemes.Begin, new ClaimsPrincipal(identity), new AuthenticationProperties { IsPersistent = isPersistent });
    }
}
