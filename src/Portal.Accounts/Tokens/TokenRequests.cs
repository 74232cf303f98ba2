using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Tokens;

/// <summary>What a request with an access token differs in.</summary>
public static class TokenRequests
{
    /// <summary>
    /// Whether who asks is known by an access token in the Authorization header and not by a cookie. No other site can make
    /// a browser send one, so such a request needs no antiforgery token.
    /// </summary>
    /// <param name="http">The request, past authentication.</param>
    public static bool IsByToken(this HttpContext http) =>
        http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Ticket?.AuthenticationScheme == SessionSchemes.Bearer;
}
