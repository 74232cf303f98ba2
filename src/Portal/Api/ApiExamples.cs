using System.Reflection;

namespace Portal.Api;

/// <summary>The examples of bodies, which stand beside their types.</summary>
internal static class ApiExamples
{
    public static readonly DateTimeOffset Moment = new(2026, 1, 31, 8, 0, 0, TimeSpan.Zero);

    /// <summary>The public id of a session, as answers have it.</summary>
    public const string Session = "0197d1c2f4a87c3e9b5d";

    /// <summary>The public id of a passkey or a linked identity.</summary>
    public const string Key = "0197d1c2f4a87c3e9b5d3f1d0a6c2b11";

    public static readonly IReadOnlyDictionary<string, string?> Profile = new Dictionary<string, string?> { ["full_name"] = "Ada Lovelace", ["affiliations"] = null };

    public static readonly IReadOnlyDictionary<string, string?> Preferences = new Dictionary<string, string?>
    {
        ["visibility"] = "restricted",
        ["email_visibility"] = "restricted",
        ["language"] = "en",
        ["time_zone"] = "Europe/London",
        ["theme"] = "system",
    };

    /// <summary>The example of a type; null where it has none.</summary>
    public static object? Of(Type type) => typeof(IExample).IsAssignableFrom(type)
        ? type.GetProperty(nameof(IExample.Example), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)
        : null;
}
