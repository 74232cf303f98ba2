using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Portal.Api;

/// <summary>Puts into the document what <see cref="OperationDescriptions"/> say beside each endpoint, and what follows from it.</summary>
internal sealed class ApiOperationTransformer(IOptions<JsonOptions> json) : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var document = context.Document!;
        var method = context.Description.HttpMethod!;
        Parameters(operation, metadata.OfType<ParameterText>());
        if (metadata.OfType<OperationDescriptions.TakenBody>().LastOrDefault() is { } body)
        {
            operation.RequestBody = await BodyAsync(body, context, document, cancellationToken);
        }

        if (metadata.OfType<OperationDescriptions.KeptVersion>().LastOrDefault() is { } kept)
        {
            Version(operation, method, kept);
        }

        await AnswersAsync(operation, metadata, context, cancellationToken);
        operation.Responses = Ordered(operation.Responses!);
        operation.Security = Security(metadata, HttpMethods.IsGet(method), document);
    }

    private static void Parameters(OpenApiOperation operation, IEnumerable<ParameterText> texts)
    {
        foreach (var text in texts)
        {
            var found = operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(parameter => string.Equals(parameter.Name, text.Name, StringComparison.OrdinalIgnoreCase));
            if (found is null)
            {
                found = new OpenApiParameter { In = ParameterLocation.Query };
                (operation.Parameters ??= []).Add(found);
            }

            found.Name = text.Name;
            found.Description = text.Description;
            found.Example = text.Example;
            found.Schema = new OpenApiSchema
            {
                Type = text.Most is not null ? JsonSchemaType.Integer : text.IsFlag ? JsonSchemaType.Boolean : JsonSchemaType.String,
                Minimum = text.Most is not null ? "1" : null,
                Maximum = text.Most?.ToString(CultureInfo.InvariantCulture),
                Enum = text.IsOnlyTrue ? [true] : text.Values.Count > 0 ? [.. text.Values.Select(value => (JsonNode)value)] : null,
            };
        }
    }

    private static async Task<OpenApiRequestBody> BodyAsync(
        OperationDescriptions.TakenBody body, OpenApiOperationTransformerContext context, OpenApiDocument document, CancellationToken cancellationToken)
    {
        var name = ApiDocument.NameOf(body.Type);
        if (document.Components?.Schemas?.ContainsKey(name) != true)
        {
            var made = await context.GetOrCreateSchemaAsync(body.Type, null, cancellationToken);
            Close(made, body.Type);
            LeaveOut(made.Examples?[0]);
            document.AddComponent(name, made);
        }

        var schema = new OpenApiSchemaReference(name, document);
        return new OpenApiRequestBody
        {
            Required = !body.IsOptional,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = schema },
                ["application/x-www-form-urlencoded"] = new() { Schema = Form(schema) },
            },
        };
    }

    /// <summary>An input has its members and no others, and so has an input inside it.</summary>
    private static void Close(OpenApiSchema made, Type type)
    {
        var members = type.GetProperties().ToDictionary(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        made.Required = members.Where(member => member.Value.GetCustomAttribute<RequiredAttribute>() is not null).Select(member => member.Key).ToHashSet();
        made.AdditionalPropertiesAllowed = false;
        foreach (var (name, schema) in made.Properties ?? new Dictionary<string, IOpenApiSchema>())
        {
            if (schema is OpenApiSchema member)
            {
                // Members are nullable to be read; what is not meant is left out.
                member.Type &= ~JsonSchemaType.Null;
                if (members.GetValueOrDefault(name)?.PropertyType is { IsClass: true } inner && inner.Assembly == type.Assembly)
                {
                    Close(member, inner);
                }
            }
        }
    }

    /// <summary>What a request means nothing by it leaves out.</summary>
    private static void LeaveOut(JsonNode? example)
    {
        foreach (var (member, value) in (example as JsonObject)?.ToList() ?? [])
        {
            if (value is null || value.GetValueKind() is JsonValueKind.False)
            {
                example!.AsObject().Remove(member);
            }
            else
            {
                LeaveOut(value);
            }
        }
    }

    /// <summary>The same as a form: what lies in an object stands behind a full stop; a list is its field once for each value.</summary>
    private static IOpenApiSchema Form(IOpenApiSchema schema)
    {
        var members = schema.Properties ?? new Dictionary<string, IOpenApiSchema>();
        if (members.Values.All(member => Inner(member) is null))
        {
            return schema;
        }

        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = schema.Required?.ToHashSet(),
            Properties = members
                .SelectMany(member => Inner(member.Value) is { } inner
                    ? inner.Select(field => new KeyValuePair<string, IOpenApiSchema>($"{member.Key}.{field.Key}", field.Value))
                    : [member])
                .ToDictionary(),
            Examples = schema.Examples is [JsonObject example, ..] ? [Flat(example)] : null,
        };
    }

    private static JsonObject Flat(JsonObject example) => new(example.SelectMany(member => member.Value is JsonObject inner
        ? inner.Select(field => KeyValuePair.Create($"{member.Key}.{field.Key}", field.Value?.DeepClone()))
        : [KeyValuePair.Create(member.Key, member.Value?.DeepClone())]));

    /// <summary>The members of an object that is a member; null for anything else. One that may be left out is described as one of two.</summary>
    private static IDictionary<string, IOpenApiSchema>? Inner(IOpenApiSchema member) =>
        member.Properties is { Count: > 0 } own ? own : member.OneOf?.Select(Inner).FirstOrDefault(inner => inner is not null);

    private static void Version(OpenApiOperation operation, string method, OperationDescriptions.KeptVersion kept)
    {
        foreach (var (_, answer) in operation.Responses!.Where(answer => kept.IsAnswered && (answer.Key is "200" or "201")))
        {
            Head(answer, "ETag", "The version of what is answered; If-Match takes it.", JsonSchemaType.String);
        }

        if (kept.IsTaken && !HttpMethods.IsGet(method))
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                In = ParameterLocation.Header,
                Name = "If-Match",
                Description = "The ETag that was read: the change is made only if nobody else changed the same meanwhile. Left out, it is made in any case.",
                Example = "\"0197d1c2-f4a8-7c3e-9b5d-3f1d0a6c2b11\"",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
    }

    private async Task AnswersAsync(
        OpenApiOperation operation, IList<object> metadata, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        foreach (var (status, answer) in operation.Responses!)
        {
            var produced = metadata.OfType<IProducesResponseTypeMetadata>().Where(one => one.StatusCode.ToString(CultureInfo.InvariantCulture) == status).ToList();
            answer.Description = produced.Select(one => one.Description).FirstOrDefault(why => why is not null) ?? $"{answer.Description}.";
            var types = produced.Select(one => one.Type).OfType<Type>().Distinct().ToList();
            if (types.Count > 1 && answer.Content?["application/json"] is { } content)
            {
                // Of several the framework describes the last, also what in it may be null; the others hold nothing that may.
                foreach (var type in types.Where(type => document.Components?.Schemas?.ContainsKey(ApiDocument.NameOf(type)) != true))
                {
                    document.AddComponent(ApiDocument.NameOf(type), await context.GetOrCreateSchemaAsync(type, null, cancellationToken));
                }

                content.Schema = new OpenApiSchema { AnyOf = [.. types.Select(type => new OpenApiSchemaReference(ApiDocument.NameOf(type), document))] };
            }

            if (answer.Content?.TryGetValue(ApiProblem.ContentType, out var refusal) == true && refusal is OpenApiMediaType problem)
            {
                ProblemExamples.AddTo(problem, int.Parse(status, CultureInfo.InvariantCulture), document, json.Value.SerializerOptions);
            }

            switch (status)
            {
                case "201":
                    Head(answer, "Location", "The address of what was made.", JsonSchemaType.String);
                    break;
                case "429":
                    Head(answer, "Retry-After", "In how many seconds to try again.", JsonSchemaType.Integer);
                    break;
            }
        }
    }

    private static OpenApiResponses Ordered(OpenApiResponses answers)
    {
        var ordered = new OpenApiResponses();
        foreach (var (status, answer) in answers.OrderBy(answer => answer.Key, StringComparer.Ordinal))
        {
            ordered[status] = answer;
        }

        return ordered;
    }

    private static void Head(IOpenApiResponse answer, string name, string description, JsonSchemaType type)
    {
        var response = (OpenApiResponse)answer;
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[name] = new OpenApiHeader { Description = description, Required = true, Schema = new OpenApiSchema { Type = type } };
    }

    /// <summary>Either a cookie, with the antiforgery token where something changes, or an access token; whoever is anonymous needs none.</summary>
    private static List<OpenApiSecurityRequirement> Security(IList<object> metadata, bool isSafe, OpenApiDocument document)
    {
        List<OpenApiSecurityRequirement> ways = [isSafe ? Way(ApiDocumentTransformer.Cookie) : Way(ApiDocumentTransformer.Cookie, ApiDocumentTransformer.Antiforgery)];
        if (!metadata.OfType<OperationDescriptions.CookieOnly>().Any())
        {
            ways.Add(Way(ApiDocumentTransformer.Bearer));
        }

        return metadata.OfType<IAuthorizeData>().Any() ? ways : [[], .. ways];

        OpenApiSecurityRequirement Way(params string[] schemes)
        {
            var way = new OpenApiSecurityRequirement();
            foreach (var scheme in schemes)
            {
                way[new OpenApiSecuritySchemeReference(scheme, document)] = [];
            }

            return way;
        }
    }
}
