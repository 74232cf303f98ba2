using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Portal.Tests.Web.Api;

/// <summary>REST as its document tells it; holds answers against it.</summary>
internal sealed class DescribedApi
{
    private static readonly EvaluationOptions Strictly = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly JsonObject _document;
    private readonly List<(Regex Path, string Template, JsonObject Operations)> _paths;
    private readonly Dictionary<string, JsonSchema> _schemas = [];
    private readonly JsonObject _components;

    public DescribedApi(JsonObject document)
    {
        _document = document;
        _paths =
        [
            .. document["paths"]!.AsObject()
                .Select(path => (new Regex($"^{Regex.Replace(path.Key, @"\{[^}]+\}", "[^/]+")}$"), path.Key, path.Value!.AsObject()))
                // An address in words goes before one with something in it.
                .OrderBy(path => path.Key.Count(letter => letter == '{')),
        ];
        _components = Closed(document["components"]!["schemas"]!).AsObject();
    }

    public IEnumerable<(string Path, string Method, JsonObject Operation)> Operations =>
        _paths.SelectMany(path => path.Operations.Select(operation => (path.Template, operation.Key, operation.Value!.AsObject())));

    public JsonObject Document => _document;

    public static async Task<DescribedApi> ReadAsync(HttpClient client) =>
        new((await client.GetFromJsonAsync<JsonObject>(PortalUrls.OpenApiPath, TestContext.Current.CancellationToken))!);

    /// <summary>What the document does not say of this answer, in words; empty where all is as described.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync(HttpResponseMessage answer)
    {
        var request = answer.RequestMessage!;
        var (path, method, status) = (request.RequestUri!.AbsolutePath, request.Method.Method.ToLowerInvariant(), (int)answer.StatusCode);
        var found = _paths.Where(each => each.Path.IsMatch(path)).Select(each => each.Operations).FirstOrDefault(operations => operations.ContainsKey(method));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var kind = answer.Content.Headers.ContentType?.MediaType;
        if (found is null)
        {
            // What nothing is said of is not there; in the administration that is not for everybody to find out.
            return answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed || (answer.StatusCode is HttpStatusCode.Forbidden && path.StartsWith("/api/admin/", StringComparison.Ordinal)) ? [.. Faults("Problem", new JsonObject { ["$ref"] = "#/components/schemas/Problem" }, text)] : ["It is not described at all."];
        }

        var operation = found[method]!;
        if (operation["responses"]?[$"{status}"] is not JsonObject described)
        {
            return [$"Status {status} is not described."];
        }

        List<string> faults = [];
        foreach (var (name, header) in described["headers"]?.AsObject() ?? [])
        {
            if (header!["required"]?.GetValue<bool>() == true && !answer.Headers.Contains(name))
            {
                faults.Add($"The header {name} is missing.");
            }
        }

        if (answer.IsSuccessStatusCode)
        {
            var known = operation["parameters"]?.AsArray().Select(parameter => parameter!["name"]!.GetValue<string>()).ToHashSet() ?? [];
            var asked = request.RequestUri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')[0]);
            faults.AddRange(asked.Where(name => !known.Contains(name)).Select(name => $"The parameter {name} is not described."));
        }

        if (described["content"]?[kind ?? ""]?["schema"] is { } schema)
        {
            faults.AddRange(Faults($"{operation["operationId"]} {status} {kind}", schema, text));
        }
        else
        {
            faults.Add($"\"{kind}\" is not what it is said to answer with.");
        }

        return faults;
    }

    /// <summary>What is wrong with a body by a schema of the document.</summary>
    public IEnumerable<string> Faults(string name, JsonNode schema, string body)
    {
        JsonSchema? built;
        lock (_schemas)
        {
            if (!_schemas.TryGetValue(name, out built))
            {
                var whole = Closed(schema).AsObject();
                whole["$defs"] = _components.DeepClone();
                _schemas[name] = built = JsonSchema.FromText(whole.ToJsonString(), new BuildOptions { SchemaRegistry = new SchemaRegistry() }, new Uri($"https://portal.example/{Uri.EscapeDataString(name)}"));
            }
        }

        using var json = JsonDocument.Parse(body);
        var result = built.Evaluate(json.RootElement, Strictly);
        return result.IsValid
            ? []
            : (result.Details ?? []).Where(detail => detail.Errors is { Count: > 0 })
                .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))
                .DefaultIfEmpty("It is not as described.");
    }

    /// <summary>A copy in which an object holds only what is said of it, and references lead to where the copies are.</summary>
    private static JsonNode Closed(JsonNode schema)
    {
        var copy = schema.DeepClone();
        Close(copy);
        return copy;

        static void Close(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject holder:
                    if (holder["$ref"] is JsonValue reference)
                    {
                        holder["$ref"] = reference.GetValue<string>().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
                    }

                    foreach (var (name, value) in holder.ToList())
                    {
                        if (name is not ("examples" or "example" or "enum"))
                        {
                            Close(value);
                        }
                    }

                    if (holder["type"] is not null && holder["properties"] is JsonObject && !holder.ContainsKey("additionalProperties"))
                    {
                        holder["additionalProperties"] = false;
                    }

                    break;
                case JsonArray list:
                    foreach (var item in list)
                    {
                        Close(item);
                    }

                    break;
            }
        }
    }
}
