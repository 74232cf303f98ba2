using System.Text.Json;
using Portal.Accounts;

namespace Portal.Api;

/// <summary>Profile fields and preferences in bodies: objects whose members are named as the fields are, each text or null.</summary>
internal static class ProfileMembers
{
    /// <summary>The members of one object, by their full names.</summary>
    public static void Collect(JsonElement? given, string prefix, Dictionary<string, string?> changes, List<FieldError> errors)
    {
        switch (given)
        {
            case null or { ValueKind: JsonValueKind.Undefined }:
                return;
            case not { ValueKind: JsonValueKind.Object }:
                errors.Add(new FieldError(prefix.TrimEnd('.'), $"\"{prefix.TrimEnd('.')}\" must be an object of its fields."));
                return;
        }

        foreach (var member in given.Value.EnumerateObject())
        {
            var name = TextOf(() => member.Name) ?? "?";
            if (member.Value.ValueKind is JsonValueKind.Null || (member.Value.ValueKind is JsonValueKind.String && TextOf(member.Value.GetString) is not null))
            {
                changes[prefix + name] = member.Value.GetString();
            }
            else
            {
                errors.Add(new FieldError(prefix + name, $"\"{name}\" must be text."));
            }
        }
    }

    /// <summary>Null for half a surrogate pair, which JSON can spell and no text can hold.</summary>
    public static string? TextOf(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Those fields whose names begin so, by their own names.</summary>
    public static Dictionary<string, string?> Under(string prefix, IReadOnlyDictionary<string, string?> values) => values
        .Where(value => value.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(value => value.Key[prefix.Length..], value => value.Value);
}
