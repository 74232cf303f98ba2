using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Portal.Accounts;
using Portal.Controls;

namespace Portal.Api;

/// <summary>
/// Reads a body into an input: a JSON object, or a form whose fields have the same names, what lies in an object behind a
/// full stop: <c>profile.full_name</c>; a list is its field once for each value, and empty with one empty value. A field that
/// the input does not have is refused, because a misspelt one would be taken for one that is left out; and one given twice,
/// because two readers could take two different ones.
/// </summary>
internal static class RequestBody
{
    public const int MaxLength = 16 * 1024;

    /// <summary>How many names that mean nothing are told.</summary>
    public const int MaxUnknown = 10;

    /// <summary>Of a form; more do not fit into a body, for each takes two characters or more.</summary>
    private const int MaxValues = MaxLength / 2;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        Converters = { new YesOrNo() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>The input; every member is at its default where the body says nothing of it.</summary>
    /// <exception cref="UnreadableBodyException">Too long, malformed, or neither JSON nor a form.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http)
        where T : class, new()
    {
        var bytes = await BytesAsync(http);
        if (Utf8.IsMeantBy(http.Request))
        {
            if (http.Request.HasJsonContentType())
            {
                return Parse<T>(bytes);
            }

            if (http.Request.HasFormContentType)
            {
                return Parse<T>(JsonSerializer.SerializeToUtf8Bytes(Nested(await FieldsAsync(http, bytes, ListsOf<T>()))));
            }
        }

        return bytes.Length == 0 && http.Request.ContentType is null
            ? new T()
            : throw Refused(StatusCodes.Status415UnsupportedMediaType, "Send a JSON object (application/json) or a form, in UTF-8.");
    }

    private static async Task<byte[]> BytesAsync(HttpContext http)
    {
        var buffer = new byte[MaxLength + 1];
        var read = http.Request.ContentLength > MaxLength
            ? buffer.Length
            : await http.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, http.RequestAborted);
        return read <= MaxLength ? buffer[..read] : throw Refused(StatusCodes.Status413PayloadTooLarge, UnreadableBodyException.TooLong);
    }

    private static async Task<Dictionary<string, object>> FieldsAsync(HttpContext http, byte[] bytes, HashSet<string> lists)
    {
        http.Request.Body = new MemoryStream(bytes);
        IFormCollection form;
        try
        {
            form = await http.Request.ReadFormAsync(new FormOptions { ValueCountLimit = MaxValues }, http.RequestAborted);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or NotSupportedException)
        {
            // Not supported: a part that claims to be in UTF-7.
            throw Refused(StatusCodes.Status400BadRequest, "The form could not be read.");
        }

        // A form of a page brings the token that its header brings again.
        var token = http.RequestServices?.GetService<IOptions<AntiforgeryOptions>>()?.Value.FormFieldName;
        return form.Where(field => field.Key != token).ToDictionary(
            field => field.Key,
            object (field) => lists.Contains(field.Key) ? field.Value is [""] ? Array.Empty<string>() : field.Value.ToArray()
                : field.Value is [{ } only] ? only
                : throw Twice(field.Key));
    }

    /// <summary>The members of an input that hold a list, as bodies name them.</summary>
    private static HashSet<string> ListsOf<T>() =>
        [.. Json.GetTypeInfo(typeof(T)).Properties.Where(member => Json.GetTypeInfo(member.PropertyType).Kind is JsonTypeInfoKind.Enumerable).Select(member => member.Name)];

    /// <summary>What stands behind the first full stop of a name is a member of what stands before it.</summary>
    private static Dictionary<string, object> Nested(Dictionary<string, object> fields)
    {
        var nested = fields.Where(field => !field.Key.Contains('.')).ToDictionary();
        foreach (var group in fields.Where(field => field.Key.Contains('.')).GroupBy(field => field.Key.Split('.', 2)[0]))
        {
            if (!nested.TryAdd(group.Key, group.ToDictionary(field => field.Key.Split('.', 2)[1], field => field.Value)))
            {
                throw Twice(group.Key);
            }
        }

        return nested;
    }

    private static T Parse<T>(byte[] json)
        where T : class
    {
        try
        {
            // Names that mean nothing are not decoded by the serializer, and would be when they are told.
            var input = (System.Text.Unicode.Utf8.IsValid(json) ? JsonSerializer.Deserialize<T>(json, Json) : null) ?? throw new JsonException();
            List<string> known = [.. MembersOf(typeof(T))];
            return UnknownIn(json, known) is { Count: > 0 } unknown ? throw new UnreadableBodyException(ApiProblem.UnknownMembers(unknown, known)) : input;
        }
        catch (JsonException exception) when (exception.InnerException is not JsonException && exception.Path is ['$', '.', .. var field])
        {
            // What is wrong inside a list stands behind its name: roles[1].
            var list = field.Split('[')[0];
            throw ListsOf<T>().Contains(list) ? NoList(list) : Twice(field);
        }
        catch (JsonException)
        {
            throw Refused(StatusCodes.Status400BadRequest, "The body is not a JSON object in which every field stands once.");
        }
    }

    /// <summary>The members of an input, and behind a full stop those of an object that is one of them.</summary>
    private static IEnumerable<string> MembersOf(Type type) => Json.GetTypeInfo(type).Properties.SelectMany(member =>
        Json.GetTypeInfo(member.PropertyType).Kind is JsonTypeInfoKind.Object
            ? MembersOf(member.PropertyType).Select(inner => $"{member.Name}.{inner}").Prepend(member.Name)
            : [member.Name]);

    /// <summary>The members of a readable object that are none of these.</summary>
    private static List<string> UnknownIn(ReadOnlySpan<byte> json, List<string> known)
    {
        List<string> unknown = [];
        var reader = new Utf8JsonReader(json);
        reader.Read();
        FindUnknown(ref reader, "", known, unknown);
        return unknown;
    }

    private static void FindUnknown(ref Utf8JsonReader reader, string within, List<string> known, List<string> unknown)
    {
        while (unknown.Count < MaxUnknown && reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var path = within + name;
            // A full stop tells what lies in an object, and no member's name has one.
            var isKnown = !name.Contains('.') && known.Contains(path);
            if (!isKnown && !unknown.Contains(path))
            {
                unknown.Add(path);
            }

            reader.Read();
            if (isKnown && reader.TokenType is JsonTokenType.StartObject && known.Exists(member => member.StartsWith($"{path}.", StringComparison.Ordinal)))
            {
                FindUnknown(ref reader, $"{path}.", known, unknown);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static UnreadableBodyException Twice(string field) =>
        new(ApiProblem.Invalid(new FieldError(field, "Give this field once, with a value of its kind.")));

    private static UnreadableBodyException NoList(string field) =>
        new(ApiProblem.Invalid(new FieldError(field, "Give a list of values of its kind, once; in a form the field once for each of them.")));

    private static UnreadableBodyException Refused(int status, string detail) => new(new ApiProblem(status, detail));

    /// <summary>Forms know only text: a ticked box is "on" or "true". An empty text is neither: a script's variable that nobody set would mean no.</summary>
    private sealed class YesOrNo : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String => reader.GetString() switch
            {
                "true" or "on" or "1" => true,
                "false" or "off" or "0" => false,
                _ => throw new JsonException(),
            },
            _ => throw new JsonException(),
        };

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }
}
