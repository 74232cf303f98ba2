using System.Globalization;
using System.Text.Json;
using Portal.Accounts.Administration;

namespace Portal.Admin;

/// <summary>Security events about somebody else, in few words.</summary>
internal static class UserEventWords
{
    private static readonly string[] Told = ["reason", "role", "batch"];

    public static string Of(UserEventInfo happened)
    {
        var words = happened.KindName.Replace('-', ' ');
        return words.Length == 0 ? "" : $"{char.ToUpper(words[0], CultureInfo.InvariantCulture)}{words[1..]}";
    }

    public static IEnumerable<(string Name, string Value)> FactsOf(UserEventInfo happened)
    {
        foreach (var name in Told)
        {
            if (Read(happened.Details, name) is { Length: > 0 } value)
            {
                yield return ($"{char.ToUpper(name[0], CultureInfo.InvariantCulture)}{name[1..]}", value);
            }
        }
    }

    private static string? Read(string? details, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(details ?? "{}");
            return document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (JsonException)
        {
            // Somebody wrote into the table; verifying the log tells which row. The page still opens.
            return null;
        }
    }
}
