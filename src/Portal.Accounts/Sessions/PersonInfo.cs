using System.Security.Claims;
using Portal.Accounts.Data;

namespace Portal.Accounts.Sessions;

/// <summary>What a user's row and memberships say of a person beyond their session, as claims of a principal: names, roles and wishes.</summary>
internal sealed record PersonInfo(string? Name, string? Email, IEnumerable<string> Roles)
{
    private static readonly string[] Types =
    [
        ClaimTypes.Name, ClaimTypes.Email, ClaimTypes.Role,
        SessionClaims.FullNameType, SessionClaims.PictureType, SessionClaims.ZoneType, SessionClaims.ThemeType,
    ];

    /// <summary>The column as stored.</summary>
    public string? Profile { get; init; }

    /// <summary>The column as stored.</summary>
    public string? Preferences { get; init; }

    /// <summary>Null for no picture.</summary>
    public string? PictureVersion { get; init; }

    private IEnumerable<Claim> Claims =>
    [
        new(ClaimTypes.Name, Name ?? ""), new(ClaimTypes.Email, Email ?? ""), .. Roles.Select(role => new Claim(ClaimTypes.Role, role)),
        .. Wishes.Where(wish => !string.IsNullOrEmpty(wish.Value)).Select(wish => new Claim(wish.Type, wish.Value!)),
    ];

    private IEnumerable<(string Type, string? Value)> Wishes
    {
        get
        {
            var preferences = UserPreferences.Read(Preferences);
            return
            [
                (SessionClaims.FullNameType, ProfileText.FullName(Profile)), (SessionClaims.PictureType, PictureVersion),
                (SessionClaims.ZoneType, preferences.TimeZone), (SessionClaims.ThemeType, preferences.Theme),
            ];
        }
    }

    /// <summary>The same session with these claims in place of its own of the same kinds.</summary>
    public ClaimsPrincipal AppliedTo(ClaimsPrincipal session, string scheme)
    {
        var identity = new ClaimsIdentity(session.Claims.Where(claim => !Types.Contains(claim.Type)), scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaims(Claims);
        return new ClaimsPrincipal(identity);
    }

    /// <summary>Whether a principal says the same.</summary>
    public bool IsSaidBy(ClaimsPrincipal person) => person.Claims
        .Where(claim => Types.Contains(claim.Type)).Select(claim => (claim.Type, claim.Value)).ToHashSet()
        .SetEquals(Claims.Select(claim => (claim.Type, claim.Value)));
}
