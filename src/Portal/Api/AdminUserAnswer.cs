using Portal.Accounts.Administration;
using Portal.Accounts.Users;

namespace Portal.Api;

/// <summary>A user as administrators see them.</summary>
internal sealed record AdminUserAnswer(
    long Id,
    string Email,
    string? Username,
    bool Active,
    DateTimeOffset? ConfirmedAt,
    DateTimeOffset? BlockedAt,
    DateTimeOffset? VerifiedAt,
    DateTimeOffset? LastLoginAt,
    DateTimeOffset CreatedAt,
    IReadOnlyList<UserAnswer.Role> Roles,
    IReadOnlyDictionary<string, string?> Profile,
    IReadOnlyDictionary<string, string?> Preferences,
    string Version)
{
    public static AdminUserAnswer Of(UserDetails found) => new(
        found.User.Id,
        found.User.Email,
        found.User.UserName,
        found.User.IsActive,
        found.User.ConfirmedAt,
        found.User.BlockedAt,
        found.User.VerifiedAt,
        found.User.LastLoginAt,
        found.User.CreatedAt,
        [.. found.User.Roles.Select(role => new UserAnswer.Role(role.Id, role.Name, role.Description))],
        ProfileMembers.Under(PreferenceNames.ProfilePrefix, found.Values),
        ProfileMembers.Under(PreferenceNames.PreferencesPrefix, found.Values),
        found.Version);
}
