using System.Text.Json;

namespace Portal.Accounts.Data;

/// <summary>What the portal itself reads in a profile, which otherwise belongs to its schema.</summary>
internal static class ProfileText
{
    private const string FullNameField = "full_name";

    /// <summary>The full name in a profile as it is stored; null for none, and for what is no profile.</summary>
    public static string? FullName(string? profile)
    {
        try
        {
            using var document = JsonDocument.Parse(profile ?? "{}");
            return document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty(FullNameField, out var name)
                && name.ValueKind is JsonValueKind.String
                    ? name.GetString()
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
