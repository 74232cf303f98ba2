using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Portal.Api;

/// <summary>What the reference page says, in words, of what the document has in schemas.</summary>
internal static class ReferenceWords
{
    // For the eye; the page escapes it.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions OnOneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What a value may be. The name of what has one stands apart, for the page to link it.</summary>
    public static (string Text, string? Name) TypeOf(IOpenApiSchema schema)
    {
        if (schema is OpenApiSchemaReference reference)
        {
            return ("", reference.Reference.Id);
        }

        if (schema.OneOf is { Count: > 0 } ways)
        {
            var (text, name) = TypeOf(ways.First(way => way.Type is not JsonSchemaType.Null));
            return ($"null or {text}", name);
        }

        var type = schema.Type ?? JsonSchemaType.Object;
        var isNullable = type.HasFlag(JsonSchemaType.Null) ? "null or " : "";
        if (type.HasFlag(JsonSchemaType.Array))
        {
            var (text, name) = TypeOf(schema.Items!);
            return ($"{isNullable}list of {text}", name);
        }

        var what = (type & ~JsonSchemaType.Null) switch
        {
            JsonSchemaType.Boolean when schema.Enum is { Count: > 0 } => "true",
            JsonSchemaType.Boolean => "true or false",
            JsonSchemaType.Integer when schema.Maximum is not null => $"whole number from {schema.Minimum} to {schema.Maximum}",
            JsonSchemaType.Integer => "whole number",
            JsonSchemaType.String when schema.Enum is { Count: > 0 } values => $"one of {string.Join(", ", values.Select(value => value?.ToString() ?? "null"))}",
            JsonSchemaType.String => schema.Format switch
            {
                "date-time" => "moment",
                "date" => "date",
                "uri" => "web address",
                _ => "text",
            },
            _ => "object",
        };
        return (isNullable + what, null);
    }

    /// <summary>What a member is about; for one that may be null it is said of the other thing it may be.</summary>
    public static string? DescriptionOf(IOpenApiSchema schema) =>
        schema.Description ?? schema.OneOf?.Select(way => way.Description).FirstOrDefault(words => words is not null);

    /// <summary>The members of a body, those of an object in it behind a full stop.</summary>
    public static IEnumerable<(string Name, IOpenApiSchema Schema, bool IsRequired)> MembersOf(IOpenApiSchema schema) =>
        (schema.Properties ?? new Dictionary<string, IOpenApiSchema>()).SelectMany(member => member.Value is OpenApiSchema { Properties.Count: > 0 } inner
            ? MembersOf(inner).Select(field => ($"{member.Key}.{field.Name}", field.Schema, field.IsRequired))
            : [(member.Key, member.Value, schema.Required?.Contains(member.Key) == true)]);

    /// <summary>The example of a body, to read; null where it has none.</summary>
    public static string? ExampleOf(IOpenApiSchema schema) => schema.Examples is [{ } example, ..] ? example.ToJsonString(Indented) : null;

    /// <summary>How it is asked for on the command line.</summary>
    public static string Curl(OpenApiDocument document, string path, HttpMethod method, OpenApiOperation operation)
    {
        var address = operation.Parameters?.Where(parameter => parameter.In is ParameterLocation.Path)
            .Aggregate(path, (made, parameter) => made.Replace($"{{{parameter.Name}}}", parameter.Example?.ToString(), StringComparison.Ordinal)) ?? path;
        List<string> words = ["curl"];
        if (method != HttpMethod.Get)
        {
            words.Add($"-X {method}");
        }

        words.Add($"'{document.Servers![0].Url}{address}'");
        if (operation.Security is [{ Count: > 0 }, ..])
        {
            words.Add(AcceptsToken(operation)
                ? "-H \"Authorization: Bearer $TOKEN\""
                : $"-b cookies -H \"{document.Components!.SecuritySchemes![ApiDocumentTransformer.Antiforgery].Name}: $ANTIFORGERY\"");
        }

        if (operation.RequestBody?.Content?["application/json"].Schema?.Examples is [JsonNode body, ..])
        {
            words.Add($"--json '{body.ToJsonString(OnOneLine)}'");
        }

        return string.Join(' ', words);
    }

    /// <summary>Who may ask.</summary>
    public static string WhoMay(OpenApiOperation operation) => operation.Security switch
    {
        [{ Count: 0 }, ..] => "Anybody.",
        _ when operation.Responses!.TryGetValue("403", out var refusal) && refusal.Description!.Contains("administer", StringComparison.Ordinal) => "Administrators, by cookie or access token.",
        _ => AcceptsToken(operation) ? "Whoever is signed in, by cookie or access token." : "Whoever is signed in by cookie.",
    };

    private static bool AcceptsToken(OpenApiOperation operation) =>
        operation.Security!.Any(way => way.Keys.Any(scheme => scheme.Reference.Id == ApiDocumentTransformer.Bearer));
}
