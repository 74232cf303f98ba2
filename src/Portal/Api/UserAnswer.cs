using System.Globalization;
using Portal.Accounts.Administration;

namespace Portal.Api;

/// <summary>A user as they see themself.</summary>
internal sealed record UserAnswer(
    long Id,
    string Email,
    string? Username,
    DateTimeOffset? ConfirmedAt,
    DateTimeOffset? LastLoginAt,
    IReadOnlyList<UserAnswer.Role> Roles)
{
    /// <summary>The user of that id; null when there is none any more.</summary>
    public static async Task<UserAnswer?> OfAsync(IUserAdmin users, long id, CancellationToken cancellationToken) =>
        await users.FindAsync(id.ToString(CultureInfo.InvariantCulture), cancellationToken) is { } user
            ? new UserAnswer(
                user.Id, user.Email, user.UserName, user.ConfirmedAt, user.LastLoginAt,
                [.. user.Roles.Select(role => new Role(role.Id, role.Name, role.Description))])
            : null;

    internal sealed record Role(long Id, string Name, string? Description);
}
