using System.Globalization;
using System.Security.Claims;

namespace Portal.Accounts.Sessions;

/// <summary>What a signed-in principal says of itself.</summary>
public static class SessionClaims
{
    /// <summary>The claim that holds the session's public id (OpenID Connect Front-Channel Logout 1.0, section 3).</summary>
    public const string SessionIdType = "sid";

    /// <summary>The claim, possibly several, that says how they authenticated (RFC 8176).</summary>
    public const string MethodType = "amr";

    /// <summary>The claim that tells the session's present key from those before it, and says nothing of any.</summary>
    public const string KeyType = "session_key";

    /// <summary>The claim with the person's full name, where they gave one (OpenID Connect Core 1.0, section 5.1).</summary>
    public const string FullNameType = "name";

    /// <summary>The claim with the version of the person's picture, where they have one.</summary>
    public const string PictureType = "picture";

    /// <summary>The claim with the time zone the person chose, an IANA name (OpenID Connect Core 1.0, section 5.1).</summary>
    public const string ZoneType = "zoneinfo";

    /// <summary>The claim with the appearance the person chose for every browser: <c>light</c> or <c>dark</c>.</summary>
    public const string ThemeType = "theme";

    /// <summary>The claim with the id of the administrator who acts as the person, where one does (RFC 8693, section 4.1).</summary>
    public const string ActorType = "act";

    /// <summary>The claim with that administrator's name.</summary>
    public const string ActorNameType = "act_name";

    /// <summary>The user's id; null for anonymous and for principals of another making.</summary>
    public static long? UserId(this ClaimsPrincipal person) =>
        long.TryParse(person.FindFirst(ClaimTypes.NameIdentifier)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The session's public id; null for anonymous.</summary>
    public static string? SessionId(this ClaimsPrincipal person) => person.FindFirst(SessionIdType)?.Value;

    /// <summary>Whether an administrator acts as this person. What is the person's alone to decide is refused to them.</summary>
    public static bool IsImpersonated(this ClaimsPrincipal person) => person.HasClaim(claim => claim.Type == ActorType);
}
