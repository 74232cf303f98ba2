using System.Text.Json.Serialization;
using Portal.Accounts.Administration;
using Portal.Accounts.Users;

namespace Portal.Cli;

/// <summary>All of one user in the answer of <c>users show</c>, as REST tells it.</summary>
internal sealed record ShownUserRow : UserRow
{
    private ShownUserRow(UserRow user)
        : base(user)
    {
    }

    [JsonPropertyOrder(1)]
    public required IReadOnlyDictionary<string, string?> Profile { get; init; }

    [JsonPropertyOrder(1)]
    public required IReadOnlyDictionary<string, string?> Preferences { get; init; }

    [JsonPropertyOrder(1)]
    public required bool Invited { get; init; }

    [JsonPropertyOrder(1)]
    public required string? NewEmail { get; init; }

    [JsonPropertyOrder(1)]
    public required bool HasPassword { get; init; }

    [JsonPropertyOrder(1)]
    public required DateTimeOffset? SecondFactorSince { get; init; }

    [JsonPropertyOrder(1)]
    public required int RecoveryCodesLeft { get; init; }

    [JsonPropertyOrder(1)]
    public required IReadOnlyList<Passkey> Passkeys { get; init; }

    [JsonPropertyOrder(1)]
    public required IReadOnlyList<string> Providers { get; init; }

    [JsonPropertyOrder(1)]
    public required int SignIns { get; init; }

    [JsonPropertyOrder(1)]
    public required string Version { get; init; }

    public static ShownUserRow Of(UserDetails found) => new(Of(found.User))
    {
        Profile = Under(PreferenceNames.ProfilePrefix, found.Values),
        Preferences = Under(PreferenceNames.PreferencesPrefix, found.Values),
        Invited = found.IsInvited,
        NewEmail = found.NewEmail,
        HasPassword = found.HasPassword,
        SecondFactorSince = found.AppSince,
        RecoveryCodesLeft = found.RecoveryCodesLeft,
        Passkeys = [.. found.Passkeys.Select(passkey => new Passkey(passkey.Id, passkey.Name, passkey.CreatedAt, passkey.LastUsedAt))],
        Providers = found.Providers,
        SignIns = found.SignIns,
        Version = found.Version,
    };

    private static Dictionary<string, string?> Under(string prefix, IReadOnlyDictionary<string, string?> values) =>
        values.Where(value => value.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(value => value.Key[prefix.Length..], value => value.Value);

    internal sealed record Passkey(string Id, string Name, DateTimeOffset Created, DateTimeOffset? LastUsed);
}
