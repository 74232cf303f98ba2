using System.Text.Json.Serialization;
using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary>A user in the list of the command line, with what REST's list tells of them. Which tabs are open only the server knows.</summary>
internal sealed record ListedUserRow : UserRow
{
    private ListedUserRow(UserRow user)
        : base(user)
    {
    }

    [JsonPropertyOrder(1)]
    public required string? FullName { get; init; }

    [JsonPropertyOrder(1), JsonPropertyName("state")]
    public required string StateName { get; init; }

    [JsonPropertyOrder(1)]
    public required bool Verified { get; init; }

    [JsonPropertyOrder(1)]
    public required bool SecondFactor { get; init; }

    [JsonPropertyOrder(1)]
    public required int Sessions { get; init; }

    public static ListedUserRow Of(ListedUserInfo user) => new(new UserRow(
        user.Id, user.Email, user.UserName, user.IsActive, user.ConfirmedAt, user.BlockedAt, user.VerifiedAt, user.HasTooManyWrongPasswords, user.SignedInAt, user.CreatedAt,
        [.. user.Roles.Select(RoleRow.Of)]))
    {
        FullName = user.FullName,
        StateName = user.State.ToString().ToLowerInvariant(),
        Verified = user.IsVerified,
        SecondFactor = user.HasSecondFactor,
        Sessions = user.Sessions,
    };
}
