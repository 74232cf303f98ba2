using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Portal.Accounts;
using Portal.Accounts.Users;

namespace Portal.Api;

/// <summary>What a type cannot say of itself: its example, and which fields and preferences a profile has by the settings.</summary>
internal sealed class ApiSchemaTransformer(IOptions<ProfilesOptions> profiles, IOptions<JsonOptions> json) : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is { } property)
        {
            // Answers have all fields, changes those they mean.
            var isAnswer = property.PropertyType == typeof(IReadOnlyDictionary<string, string?>);
            if (isAnswer || property.PropertyType == typeof(JsonElement?))
            {
                switch (property.Name)
                {
                    case "profile":
                        Hold(schema, profiles.Value.Fields.Where(field => field.Name.Length > 0).ToDictionary(field => field.Name, OfField), isAnswer);
                        break;
                    case "preferences":
                        Hold(schema, Preferences(), isAnswer);
                        break;
                }
            }
        }
        else if (ApiExamples.Of(context.JsonTypeInfo.Type) is { } example)
        {
            schema.Examples = [JsonSerializer.SerializeToNode(example, example.GetType(), json.Value.SerializerOptions)!];
        }

        return Task.CompletedTask;
    }

    private static void Hold(OpenApiSchema schema, Dictionary<string, IOpenApiSchema> fields, bool isAnswer)
    {
        schema.Type = JsonSchemaType.Object;
        schema.AdditionalProperties = null;
        schema.Properties = fields;
        schema.Required = isAnswer ? fields.Keys.ToHashSet() : null;
    }

    private static IOpenApiSchema OfField(ProfilesOptions.Field field) => new OpenApiSchema
    {
        Type = JsonSchemaType.String | JsonSchemaType.Null,
        Description = field.Hint.Length > 0 ? $"{field.Label}. {field.Hint}" : $"{field.Label}.",
        MaxLength = field.MaxLength,
        Format = field.Kind switch
        {
            ProfileFieldKind.Url => "uri",
            ProfileFieldKind.Date => "date",
            _ => null,
        },
        Enum = field.Kind is ProfileFieldKind.Choice ? [.. field.Choices.Select(choice => (JsonNode)choice), null!] : null,
    };

    private static Dictionary<string, IOpenApiSchema> Preferences() => new()
    {
        [Own(PreferenceNames.Visibility)] = Choice("Who may find the profile.", "public", "restricted"),
        [Own(PreferenceNames.EmailVisibility)] = Choice("Who may see the address.", "public", "restricted"),
        [Own(PreferenceNames.Language)] = Text($"One of {string.Join(", ", SiteLanguages.All.Select(language => language.Tag))}; null for the site's own."),
        [Own(PreferenceNames.TimeZone)] = Text("A name of the IANA time zone database; null for the browser's own."),
        [Own(PreferenceNames.Theme)] = Choice("How pages look.", "system", "light", "dark"),
    };

    private static string Own(string name) => name[PreferenceNames.PreferencesPrefix.Length..];

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = description };

    private static OpenApiSchema Choice(string description, params string[] values) =>
        new() { Type = JsonSchemaType.String, Description = description, Enum = [.. values.Select(value => (JsonNode)value)] };
}
