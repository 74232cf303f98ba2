using System.Text.Json;

namespace Portal.Accounts.Audit;

/// <summary>What an event's details hold.</summary>
internal static class AuditDetails
{
    /// <summary>The members of the object. None of what is no object: somebody wrote into the table, and verifying the log tells which row.</summary>
    public static Dictionary<string, JsonElement> Read(string? json)
    {
        try
        {
            return json is null ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>A member that is a text; null for any other.</summary>
    public static string? Text(this IReadOnlyDictionary<string, JsonElement> details, string name) =>
        details.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    /// <summary>A member that is a text, which goes from among the others; null for any other.</summary>
    public static string? Take(this Dictionary<string, JsonElement> details, string name)
    {
        var text = details.Text(name);
        details.Remove(name);
        return text;
    }
}
