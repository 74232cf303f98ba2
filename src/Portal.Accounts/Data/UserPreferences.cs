using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Accounts.Data;

/// <summary>What the column <see cref="User.Preferences"/> holds. Unknown members of stored text are left out when it is read.</summary>
internal sealed record UserPreferences
{
    /// <summary>Who may find the profile: <c>public</c> or <c>restricted</c>.</summary>
    public string Visibility { get; init; } = "restricted";

    /// <summary>Who may see the address: <c>public</c> or <c>restricted</c>.</summary>
    public string EmailVisibility { get; init; } = "restricted";

    /// <summary>A BCP 47 tag; null for the site's language.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }

    /// <summary>An IANA name; null for the browser's zone, and UTC in mails.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TimeZone { get; init; }

    /// <summary><c>light</c> or <c>dark</c>; null for the system's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Theme { get; init; }

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Reads the column; text that is none of ours gives the defaults.</summary>
    public static UserPreferences Read(string? json)
    {
        try
        {
            return JsonSerializer.Deserialize<UserPreferences>(json ?? "{}", Json) ?? new();
        }
        catch (JsonException)
        {
            return new();
        }
    }

    public string Write() => JsonSerializer.Serialize(this, Json);
}
