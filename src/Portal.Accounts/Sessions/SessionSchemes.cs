using Microsoft.AspNetCore.Identity;

namespace Portal.Accounts.Sessions;

/// <summary>The cookie's two schemes, and the token's.</summary>
/// <remarks>
/// Both of the cookie's write the same one. <see cref="Begin"/> never reads one: the cookie handler renews the session of whatever
/// cookie a sign-in request carries, and a planted cookie would so become the victim's session; under a scheme that sees
/// no cookie every sign-in makes a new key (OWASP ASVS 7.2.4).
/// </remarks>
internal static class SessionSchemes
{
    /// <summary>Authenticates requests and signs out.</summary>
    public static readonly string Current = IdentityConstants.ApplicationScheme;

    /// <summary>Authenticates by an access token, where a request brings one; <see cref="Current"/> hands over to it.</summary>
    public const string Bearer = "Bearer";

    /// <summary>Signs in, always under a new key.</summary>
    public const string Begin = "Portal.Begin";
}
