using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Users;

/// <summary>The one place that knows what a profile may hold: asked by the account pages, REST, the command line and whoever makes accounts. Checking changes nothing.</summary>
internal sealed class ProfileSchema(IOptions<ProfilesOptions> options)
{
    /// <summary>Longer text is no profile, whatever is in it.</summary>
    private const int MaxJsonLength = 200_000;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 2, AllowDuplicateProperties = false };
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly Dictionary<string, ProfileField> byName = FieldsOf(options.Value).ToDictionary(field => field.Name);

    public IReadOnlyList<ProfileField> Fields { get; } = [.. FieldsOf(options.Value)];

    /// <summary>A value as it is stored, null for an empty one; or the sentence that says what is wrong with it.</summary>
    public (string? Value, string? Error) Check(string name, string? value)
    {
        if (!byName.TryGetValue(name, out var field))
        {
            return (null, $"There is no profile field \"{name}\". The fields are: {string.Join(", ", Fields.Select(known => known.Name))}.");
        }

        if (value is not null && TypedText.Normalize(value) is null)
        {
            return (null, $"{field.Label} holds characters that are no text.");
        }

        var text = TypedText.Normalize(value)?.ReplaceLineEndings("\n") ?? "";
        return text.Length == 0
            ? (null, field.IsRequired ? $"{field.Label} must not be empty." : null)
            : Fault(field, text) is { } fault ? (null, fault) : (text, null);
    }

    /// <summary>A whole profile in JSON, as operators give it: what is stored, or what is wrong with it. Null gives an empty one.</summary>
    public (string? Profile, IReadOnlyList<string> Errors) Read(string? json)
    {
        try
        {
            using var document = JsonDocument.Parse(json is { Length: > MaxJsonLength } ? "" : json ?? "{}", Strict);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                List<string> errors = [];
                var profile = new Dictionary<string, string>();
                foreach (var member in document.RootElement.EnumerateObject())
                {
                    var (value, error) = byName.ContainsKey(member.Name) && member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)
                        ? (null, WrongType(member.Name))
                        : Check(member.Name, TextOf(member.Value));
                    if (error is not null)
                    {
                        errors.Add(error);
                    }
                    else if (value is not null)
                    {
                        profile[member.Name] = value;
                    }
                }

                return errors.Count > 0 ? (null, errors) : (JsonSerializer.Serialize(profile, Compact), []);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, a field twice, something nested, or half a surrogate pair.
        }

        return (null, ["The profile must be a JSON object that names each field once, all text, like {\"full_name\": \"…\"}."]);
    }

    /// <summary>What is wrong with a value that is no text at all.</summary>
    public static string WrongType(string name) => $"\"{name}\" must be text.";

    /// <summary>Every field of a stored profile; null where it is empty.</summary>
    public IReadOnlyDictionary<string, string?> Values(string stored)
    {
        var profile = ObjectOf(stored);
        return Fields.ToDictionary(field => field.Name, field => profile[field.Name] is JsonValue value && value.TryGetValue(out string? text) ? text : null);
    }

    /// <summary>The stored profile with checked values put into it. What the settings no longer name stays.</summary>
    public static string Write(string stored, IEnumerable<KeyValuePair<string, string?>> values)
    {
        var profile = ObjectOf(stored);
        foreach (var (name, value) in values)
        {
            if (value is null)
            {
                profile.Remove(name);
            }
            else
            {
                profile[name] = value;
            }
        }

        return profile.ToJsonString(Compact);
    }

    private static string? TextOf(JsonElement value) => value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<ProfileField> FieldsOf(ProfilesOptions options) => options.Fields
        .Where(field => field.Name.Length > 0)
        .Select(field => new ProfileField(
            field.Name, field.Label, field.Kind, field.MaxLength, field.Required,
            field.Hint.Length > 0 ? field.Hint : null, field.Autocomplete.Length > 0 ? field.Autocomplete : null, [.. field.Choices]));

    private static string? Fault(ProfileField field, string text)
    {
        if (text.Length > field.MaxLength)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{field.Label} has {text.Length} characters; at most {field.MaxLength} fit.");
        }

        if (text.Any(c => (char.IsControl(c) && !(field.Kind is ProfileFieldKind.LongText && c is '\n' or '\t')) || TurnsText(c)))
        {
            return $"{field.Label} holds characters that cannot be shown.";
        }

        return field.Kind switch
        {
            ProfileFieldKind.Url when !IsWebAddress(text) => $"{field.Label} must be a whole web address, like https://example.org.",
            ProfileFieldKind.Date when !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) =>
                $"{field.Label} must be a date, like 2001-12-31.",
            ProfileFieldKind.Choice when !field.Choices.Contains(text) => $"{field.Label} must be one of: {string.Join(", ", field.Choices)}.",
            _ => null,
        };
    }

    /// <summary>Shown as a link one day: no scheme that does something, and no name and password in front of the host.</summary>
    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.Host.Length > 0
        && address.UserInfo.Length == 0
        && !text.Any(char.IsWhiteSpace);

    private static JsonObject ObjectOf(string stored)
    {
        try
        {
            return JsonNode.Parse(stored) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Invisible marks that turn or hide the text around them. The two joiners are letters' own business in some scripts.</summary>
    private static bool TurnsText(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Format && c is not ('\u200c' or '\u200d' or '\u00ad');
}
