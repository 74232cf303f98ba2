using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portal.Tests.Web.Api;

/// <summary>A client that knows of the portal nothing but its document: operations by name, their parameters, bodies and proofs.</summary>
/// <param name="api">The document.</param>
/// <param name="http">With which cookies.</param>
/// <param name="succeeded">Where to note the operations that answered what they are for; null for nowhere.</param>
internal sealed class DocumentClient(DescribedApi api, HttpClient http, ISet<string>? succeeded = null)
{
    private readonly JsonObject _schemes = api.Document["components"]!["securitySchemes"]!.AsObject();

    /// <summary>What an operation with bearer security sends; null for nobody's.</summary>
    public string? AccessToken { get; set; }

    /// <summary>What an operation with antiforgery security sends beside the cookie, which the client keeps; null for a program.</summary>
    public string? AntiforgeryToken { get; set; }

    /// <summary>Asks for an operation.</summary>
    /// <param name="operationId">As the document calls it.</param>
    /// <param name="arguments">Its parameters and the members of its body, by name; each goes where the document says.</param>
    /// <param name="expected">The status the document has to have.</param>
    public async Task<(JsonElement Body, HttpResponseHeaders Headers)> AskAsync(string operationId, object? arguments = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var (path, method, operation) = api.Operations.Single(found => found.Operation["operationId"]!.GetValue<string>() == operationId);
        Assert.True(operation["responses"]!.AsObject().ContainsKey($"{(int)expected}"), $"{operationId} is not said to answer {expected}.");
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), "");
        var given = JsonSerializer.SerializeToNode(arguments)?.AsObject() ?? [];
        List<string> query = [];
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var name = parameter!["name"]!.GetValue<string>();
            if (!given.Remove(name, out var value))
            {
                Assert.False(parameter["required"]?.GetValue<bool>() == true, $"{operationId} needs {name}.");
                continue;
            }

            switch (parameter["in"]!.GetValue<string>())
            {
                case "path":
                    path = path.Replace($"{{{name}}}", Uri.EscapeDataString(value!.ToString()), StringComparison.Ordinal);
                    break;
                case "query":
                    query.Add($"{name}={Uri.EscapeDataString(value!.ToString())}");
                    break;
                default:
                    request.Headers.TryAddWithoutValidation(name, value!.ToString());
                    break;
            }
        }

        if (operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema)
        {
            Assert.Empty(api.Faults($"body of {operationId}", schema, given.ToJsonString()));
            request.Content = JsonContent.Create(given);
        }
        else
        {
            Assert.Empty(given);
        }

        Prove(request, operation);
        request.RequestUri = new Uri(query.Count > 0 ? $"{path}?{string.Join('&', query)}" : path, UriKind.Relative);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == expected, $"{operationId}: {answer.StatusCode}, {body}");
        if (answer.IsSuccessStatusCode)
        {
            succeeded?.Add(operationId);
        }

        return (body, answer.Headers);
    }

    /// <summary>Sends what the operation takes as a proof.</summary>
    private void Prove(HttpRequestMessage request, JsonObject operation)
    {
        var ways = operation["security"]!.AsArray().Select(way => way!.AsObject().Select(scheme => _schemes[scheme.Key]!).ToList()).ToList();
        var byToken = ways.FirstOrDefault(way => way is [{ } only] && only["type"]!.GetValue<string>() == "http");
        if (AccessToken is not null && byToken is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(byToken[0]["scheme"]!.GetValue<string>(), AccessToken);
        }
        else if (AntiforgeryToken is not null)
        {
            var header = ways.SelectMany(way => way).FirstOrDefault(scheme => scheme["in"]?.GetValue<string>() == "header");
            if (header is not null)
            {
                request.Headers.Add(header["name"]!.GetValue<string>(), AntiforgeryToken);
            }
        }
        else
        {
            Assert.True(ways.Any(way => way.Count == 0) || AccessToken is null, "This operation takes no access token.");
        }
    }
}
