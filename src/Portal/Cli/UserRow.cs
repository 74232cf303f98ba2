using System.Text.Json.Serialization;
using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary>A user in the answers of the command line.</summary>
internal record UserRow(
    long Id,
    string Email,
    string? Username,
    bool Active,
    DateTimeOffset? ConfirmedAt,
    DateTimeOffset? BlockedAt,
    DateTimeOffset? VerifiedAt,
    bool TooManyWrongPasswords,
    DateTimeOffset? LastLoginAt,
    DateTimeOffset Created,
    IReadOnlyList<RoleRow> Roles)
{
    public static UserRow Of(UserInfo user) => new(
        user.Id, user.Email, user.UserName, user.IsActive, user.ConfirmedAt, user.BlockedAt, user.VerifiedAt, user.HasTooManyWrongPasswords, user.SignedInAt, user.CreatedAt,
        [.. user.Roles.Select(RoleRow.Of)]);

    /// <summary>Whether they may sign in, in a word or two.</summary>
    [JsonIgnore]
    public string State => BlockedAt is not null ? "blocked"
        : !Active ? "inactive"
        : ConfirmedAt is null ? "active, unconfirmed"
        : TooManyWrongPasswords ? "active, too many wrong passwords"
        : "active";

    [JsonIgnore]
    public string RoleNames => string.Join(", ", Roles.Select(role => role.Name));
}
