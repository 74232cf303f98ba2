using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Portal.Api;

/// <summary>REST as it describes itself (OpenAPI 3.1). Written once: nothing it tells changes while the portal runs.</summary>
internal sealed class ApiDocument([FromKeyedServices(ApiDocument.Name)] IOpenApiDocumentProvider provider)
{
    public const string Name = "v1";

    private static readonly string[] EndingsOfTheCode = ["Answer", "Body", "Info"];

    private readonly Lazy<Task<Written>> _written = new(() => WriteAsync(provider));

    /// <summary>The document, to read and not to change; its text; and what tells one text from another.</summary>
    public Task<Written> ReadAsync() => _written.Value;

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => $"/{description.RelativePath}".StartsWith($"{PortalUrls.ApiPath}/", StringComparison.Ordinal);
        options.CreateSchemaReferenceId = type => NameOf(type);
        options.AddSchemaTransformer<ApiSchemaTransformer>();
        options.AddOperationTransformer<ApiOperationTransformer>();
        options.AddDocumentTransformer<ApiDocumentTransformer>();
    }

    /// <summary>What a type is called: as it is in the code, less what only the code needs.</summary>
    public static string NameOf(Type type)
    {
        if (type.IsGenericType)
        {
            return NameOf(type.GenericTypeArguments[0]) + (type.GetGenericTypeDefinition() == typeof(ListAnswer<>) ? "List" : "Page");
        }

        var ending = EndingsOfTheCode.FirstOrDefault(ending => type.Name.EndsWith(ending, StringComparison.Ordinal));
        return type.Name[..^(ending?.Length ?? 0)];
    }

    /// <summary>Null for what has no name and stands where it is used.</summary>
    private static string? NameOf(JsonTypeInfo type) =>
        type.Kind is JsonTypeInfoKind.Object && type.Type != typeof(object) && type.Type != typeof(JsonElement) && !typeof(JsonNode).IsAssignableFrom(type.Type)
            ? NameOf(Nullable.GetUnderlyingType(type.Type) ?? type.Type)
            : null;

    private static async Task<Written> WriteAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        using var text = new MemoryStream();
        await document.SerializeAsJsonAsync(text, OpenApiSpecVersion.OpenApi3_1);
        var json = text.ToArray();
        return new Written(document, json, $"\"{Convert.ToHexStringLower(SHA256.HashData(json))[..16]}\"");
    }

    internal sealed record Written(OpenApiDocument Document, ReadOnlyMemory<byte> Json, string Tag);
}
