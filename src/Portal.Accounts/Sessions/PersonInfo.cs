using System.Security.Claims;

namespace Portal.Accounts.Sessions;

/// <summary>What a user's row and memberships say of a person beyond their session, as claims of a principal.</summary>
internal sealed record PersonInfo(string? Name, string? Email, IEnumerable<string> Roles)
{
    private static readonly string[] Types = [ClaimTypes.Name, ClaimTypes.Email, ClaimTypes.Role];

    private IEnumerable<Claim> Claims =>
        [new(ClaimTypes.Name, Name ?? ""), new(ClaimTypes.Email, Email ?? ""), .. Roles.Select(role => new Claim(ClaimTypes.Role, role))];

    /// <summary>The same session with these names and roles in place of its own.</summary>
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
