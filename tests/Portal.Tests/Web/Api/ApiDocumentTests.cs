using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Portal.Api;

namespace Portal.Tests.Web.Api;

/// <summary>The document of REST is whole and true; that answers are as it says, <see cref="DescribedAnswers"/> sees to in every test.</summary>
public sealed class ApiDocumentTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static readonly string[] Forms = ["application/json", "application/x-www-form-urlencoded"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<(string Path, string Method, RouteEndpoint Endpoint)> Endpoints => host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith($"{PortalUrls.ApiPath}/", StringComparison.Ordinal) is true)
        .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
            .Select(method => (endpoint.RoutePattern.RawText!.TrimEnd('/'), method.ToLowerInvariant(), endpoint)));

    [Fact]
    public async Task Anybody_reads_it_and_is_told_when_nothing_is_new()
    {
        using var client = host.Anonymous();

        using var first = await client.GetAsync(PortalUrls.OpenApiPath, Token);
        client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.GetAsync(PortalUrls.OpenApiPath, Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.StatusCode, second.StatusCode));
        Assert.Equal("application/json", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", first.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task It_says_what_the_settings_say()
    {
        await using var other = await ApiHost.StartAsync(options =>
        {
            options.Settings["Portal:SiteName"] = "Observatory";
            options.Settings["Portal:PublicUrl"] = "https://accounts.example.org";
            options.Settings["Profiles:Fields:0:Name"] = "birthday";
            options.Settings["Profiles:Fields:0:Label"] = "Birthday";
            options.Settings["Profiles:Fields:0:Kind"] = "Date";
        });

        // Whoever asks first waits for the document to be written.
        using var client = other.Anonymous();
        Assert.Contains("https://accounts.example.org/api/login", await client.GetStringAsync(PortalUrls.ReferencePath, Token), StringComparison.Ordinal);
        var document = (await other.DescribedAsync()).Document;

        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>());
        Assert.Equal("Observatory REST", document["info"]!["title"]!.GetValue<string>());
        Assert.Equal("https://accounts.example.org", document["servers"]![0]!["url"]!.GetValue<string>());
        Assert.Equal("https://accounts.example.org/openapi", document["externalDocs"]!["url"]!.GetValue<string>());
        var profile = document["components"]!["schemas"]!["OwnProfile"]!["properties"]!["profile"]!["properties"]!.AsObject();
        Assert.Equal(["birthday", "affiliations"], profile.Select(field => field.Key));
        Assert.Equal("date", profile["birthday"]!["format"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_endpoint_is_in_it_and_nothing_else()
    {
        var described = (await host.DescribedAsync()).Operations.Select(operation => (operation.Path, operation.Method));

        Assert.Equal(Endpoints.Select(endpoint => (endpoint.Path, endpoint.Method)).Order(), described.Order());
    }

    [Fact]
    public async Task Every_operation_says_what_it_is_called_what_it_does_and_where_it_belongs()
    {
        var api = await host.DescribedAsync();
        var tags = api.Document["tags"]!.AsArray().Select(tag => tag!["name"]!.GetValue<string>()).ToList();

        Assert.All(api.Operations, found =>
        {
            Assert.NotEmpty(found.Operation["operationId"]!.GetValue<string>());
            Assert.EndsWith(".", found.Operation["summary"]!.GetValue<string>());
            Assert.Contains(Assert.Single(found.Operation["tags"]!.AsArray())!.GetValue<string>(), tags);
            Assert.All(found.Operation["parameters"]?.AsArray() ?? [], parameter => Assert.NotEmpty(parameter!["description"]!.GetValue<string>()));
        });
        Assert.Equal(tags, tags.Intersect(api.Operations.Select(found => found.Operation["tags"]![0]!.GetValue<string>())));
        Assert.Distinct(api.Operations.Select(found => found.Operation["operationId"]!.GetValue<string>()));
    }

    [Fact]
    public async Task An_input_inside_an_input_has_its_members_and_no_others()
    {
        var filter = (await host.DescribedAsync()).Document["components"]!["schemas"]!["Batch"]!["properties"]!["filter"]!;

        Assert.False(filter["additionalProperties"]!.GetValue<bool>());
        Assert.All(filter["properties"]!.AsObject(), member => Assert.IsAssignableFrom<System.Text.Json.Nodes.JsonValue>(member.Value!["type"]));
    }

    [Fact]
    public async Task Every_operation_tells_its_refusals_and_how_to_prove_who_one_is()
    {
        var operations = (await host.DescribedAsync()).Operations.ToDictionary(found => (found.Path, found.Method), found => found.Operation);

        Assert.All(Endpoints, found =>
        {
            var operation = operations[(found.Path, found.Method)];
            var answers = operation["responses"]!.AsObject();
            Assert.Contains(answers, answer => answer.Key.StartsWith('2'));
            Assert.All(answers.Where(answer => answer.Key[0] is '4' or '5'), answer =>
            {
                Assert.Equal("#/components/schemas/Problem", answer.Value!["content"]!["application/problem+json"]!["schema"]!["$ref"]!.GetValue<string>());
                Assert.EndsWith(".", answer.Value["description"]!.GetValue<string>());
            });
            var isGuarded = found.Endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null;
            Assert.Equal(isGuarded, answers.ContainsKey("401") && found.Path != "/api/login");
            Assert.Equal(!isGuarded, operation["security"]!.AsArray().Any(way => way!.AsObject().Count == 0));
            Assert.Equal(found.Method != "get", operation["security"]!.AsArray().Any(way => way!.AsObject().ContainsKey("antiforgery")));
            Assert.Equal(answers.ContainsKey("429"), answers["429"]?["headers"]?["Retry-After"] is not null);
            if (found.Method != "get" || found.Path.StartsWith("/api/admin", StringComparison.Ordinal))
            {
                Assert.Contains("403", answers.Select(answer => answer.Key));
            }
        });
    }

    [Fact]
    public async Task Bodies_are_taken_as_JSON_and_as_a_form()
    {
        var bodies = (await host.DescribedAsync()).Operations.Where(found => found.Operation.ContainsKey("requestBody")).ToList();

        Assert.Contains(bodies, found => found.Path == "/api/login");
        Assert.All(bodies, found => Assert.Equal(Forms, found.Operation["requestBody"]!["content"]!.AsObject().Select(content => content.Key)));
        var form = bodies.Single(found => found.Path == "/api/profile").Operation["requestBody"]!["content"]![Forms[1]]!["schema"]!["properties"]!.AsObject();
        Assert.Contains("profile.full_name", form.Select(field => field.Key));
        Assert.Contains("preferences.theme", form.Select(field => field.Key));
        var invitation = bodies.Single(found => found.Path == "/api/admin/users").Operation["requestBody"]!["content"]![Forms[1]]!["schema"]!["properties"]!;
        Assert.Equal("string", invitation["roles"]!["items"]!["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_body_has_an_example_that_is_as_described_and_words_for_each_member()
    {
        var api = await host.DescribedAsync();
        var schemas = api.Document["components"]!["schemas"]!.AsObject();
        var sent = api.Operations.SelectMany(found => References(JsonSerializer.SerializeToElement(found.Operation))).Distinct();

        Assert.All(sent, name => Assert.NotNull(schemas[name]!["examples"]));
        Assert.All(schemas.Where(schema => schema.Value!["examples"] is not null), schema =>
            Assert.Empty(api.Faults($"example of {schema.Key}", schema.Value!, schema.Value!["examples"]![0]!.ToJsonString())));
        Assert.All(schemas.SelectMany(schema => schema.Value!["properties"]!.AsObject(), (schema, member) => (schema.Key, Member: member.Key, Words: Words(member.Value!))), member =>
            Assert.True(member.Words is not null, $"{member.Key}.{member.Member} is not explained."));

        static string? Words(JsonNode member) => (member["description"] ?? member["oneOf"]?.AsArray().Select(way => way!["description"]).FirstOrDefault(words => words is not null))?.GetValue<string>();
    }

    [Fact]
    public async Task Every_refusal_has_an_example_of_its_status()
    {
        var api = await host.DescribedAsync();
        var examples = api.Document["components"]!["examples"]!.AsObject();
        var refusals = api.Operations.SelectMany(found => found.Operation["responses"]!.AsObject()).Where(answer => answer.Key[0] is '4' or '5').ToList();

        Assert.NotEmpty(refusals);
        Assert.All(refusals, refusal =>
        {
            var (_, reference) = Assert.Single(refusal.Value!["content"]!["application/problem+json"]!["examples"]!.AsObject());
            var example = examples[reference!["$ref"]!.GetValue<string>().Split('/')[^1]]!["value"]!;
            Assert.Equal(refusal.Key, example["status"]!.ToString());
            Assert.Empty(api.Faults("refusal", JsonNode.Parse("""{"$ref": "#/components/schemas/Problem"}""")!, example.ToJsonString()));
        });
        Assert.NotNull(examples["PreconditionFailed"]!["value"]!["version"]);
    }

    [Fact]
    public async Task Every_form_has_an_example_that_is_as_described()
    {
        var api = await host.DescribedAsync();
        var forms = api.Operations.Where(found => found.Operation.ContainsKey("requestBody"))
            .Select(found => (Name: found.Operation["operationId"]!.GetValue<string>(), Schema: found.Operation["requestBody"]!["content"]![Forms[1]]!["schema"]!))
            // The others are those of JSON, and so are their examples.
            .Where(form => form.Schema["$ref"] is null).ToList();

        Assert.Contains("inviteUser", forms.Select(form => form.Name));
        Assert.All(forms, form => Assert.Empty(api.Faults($"form of {form.Name}", form.Schema, form.Schema["examples"]![0]!.ToJsonString())));
        Assert.Equal("Grace Hopper", forms.Single(form => form.Name == "inviteUser").Schema["examples"]![0]!["profile.full_name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_parameter_shows_what_it_takes_unless_an_answer_gives_it() => Assert.All(
        (await host.DescribedAsync()).Operations.SelectMany(found => found.Operation["parameters"]?.AsArray() ?? []).Where(parameter => parameter!["name"]!.GetValue<string>() != "after"),
        parameter => Assert.True(
            parameter!["example"] is not null || parameter["schema"]!["enum"] is not null || parameter["schema"]!["type"]!.GetValue<string>() is "integer" or "boolean",
            $"What is {parameter["name"]}?"));

    [Theory]
    [InlineData("""{"status": 404, "title": "Not Found", "detail": "No."}""", true)]
    [InlineData("""{"status": 404, "title": "Not Found", "detail": "No.", "hint": "more"}""", false)]
    [InlineData("""{"status": 404, "title": "Not Found"}""", false)]
    [InlineData("""{"status": "404", "title": "Not Found", "detail": "No."}""", false)]
    [InlineData("""{"status": 404, "title": "Not Found", "detail": "No.", "errors": [{"field": "a"}]}""", false)]
    public async Task A_body_that_is_not_as_described_would_be_found(string body, bool isRight)
    {
        var api = await host.DescribedAsync();

        Assert.Equal(isRight, !api.Faults("trial", JsonNode.Parse("""{"$ref": "#/components/schemas/Problem"}""")!, body).Any());
    }

    [Theory]
    [InlineData("GET", "/api/me", 200, """{"id": 1}""")]
    [InlineData("GET", "/api/me", 204, "{}")]
    [InlineData("GET", "/api/nothing", 200, "{}")]
    [InlineData("GET", "/api/sessions?size=5", 200, """{"total": 0, "results": []}""")]
    [InlineData("POST", "/api/login", 429, """{"status": 429, "title": "Too Many Requests", "detail": "Wait."}""")]
    public async Task An_answer_that_is_not_as_described_would_be_found(string method, string path, int status, string body)
    {
        using var answer = new HttpResponseMessage((HttpStatusCode)status)
        {
            RequestMessage = new HttpRequestMessage(new HttpMethod(method), $"http://localhost{path}"),
            Content = new StringContent(body, new MediaTypeHeaderValue(status < 400 ? "application/json" : "application/problem+json")),
        };

        Assert.NotEmpty(await (await host.DescribedAsync()).FaultsAsync(answer));
    }

    [Fact]
    public void What_a_type_is_called_is_called_by_no_other()
    {
        var examples = typeof(ApiProblem).Assembly.GetTypes().Where(type => typeof(IExample).IsAssignableFrom(type) && type is { IsInterface: false, IsGenericType: false });

        Assert.Distinct(examples.Select(ApiDocument.NameOf));
    }

    [Fact]
    public async Task The_page_tells_of_every_operation_and_body()
    {
        using var client = host.Anonymous();
        var page = await client.GetStringAsync(PortalUrls.ReferencePath, Token);
        var api = await host.DescribedAsync();

        Assert.All(api.Operations, found => Assert.Contains($"id=\"{found.Operation["operationId"]}\"", page, StringComparison.Ordinal));
        Assert.All(api.Document["components"]!["schemas"]!.AsObject(), schema => Assert.Contains($"id=\"body-{schema.Key}\"", page, StringComparison.Ordinal));
        Assert.Contains("curl -X POST &#x27;http://localhost:5080/api/login&#x27; --json", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"#body-\"", page, StringComparison.Ordinal);
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member =>
            !member.NameEquals("$ref") ? References(member.Value)
            : member.Value.GetString()!.Split('/') is [_, _, "schemas", var name] ? [name]
            : []),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
