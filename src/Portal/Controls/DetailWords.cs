using System.Globalization;
using System.Text.Json;

namespace Portal.Controls;

/// <summary>What an event's details say beyond its sentence: before and after, and whatever else is there by name.</summary>
internal static class DetailWords
{
    /// <summary>What the sentence says already, or ids that tell people nothing.</summary>
    private static readonly HashSet<string> Said = ["method", "reason", "role", "session", "sessions", "event", "impersonator", "batch", "provider", "passkey", "before", "after"];

    public static IEnumerable<(string Name, string Value)> Of(IReadOnlyDictionary<string, JsonElement> details)
    {
        foreach (var (name, value) in details.Where(detail => !Said.Contains(detail.Key)))
        {
            yield return (NameOf(name), ValueOf(value));
        }

        var (before, after) = (FieldsOf(details, "before"), FieldsOf(details, "after"));
        foreach (var name in before.Keys.Union(after.Keys))
        {
            var (was, becomes) = (before.GetValueOrDefault(name), after.GetValueOrDefault(name));
            if (was != becomes)
            {
                yield return (NameOf(name), was is null ? becomes! : $"{was} → {becomes ?? "nothing"}");
            }
        }
    }

    private static Dictionary<string, string> FieldsOf(IReadOnlyDictionary<string, JsonElement> details, string name) =>
        details.GetValueOrDefault(name) switch
        {
            { ValueKind: JsonValueKind.Object } fields => fields.EnumerateObject().ToDictionary(field => field.Name, field => ValueOf(field.Value)),
            { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => [],
            var plain => new() { ["value"] = ValueOf(plain) },
        };

    /// <summary>full_name: "Full name".</summary>
    private static string NameOf(string name) => name.Length == 0
        ? ""
        : $"{char.ToUpper(name[0], CultureInfo.CurrentCulture)}{name[1..].Replace('_', ' ').Replace('-', ' ')}";

    private static string ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Null => "nothing",
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : "nothing",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(ValueOf)),
        JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(field => $"{NameOf(field.Name)}: {ValueOf(field.Value)}")),
        _ => value.GetRawText(),
    };
}
