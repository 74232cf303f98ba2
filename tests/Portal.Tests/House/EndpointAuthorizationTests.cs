using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Portal.Testing;

namespace Portal.Tests.House;

public sealed class EndpointAuthorizationTests(SharedHost shared) : IClassFixture<SharedHost>
{
    /// <summary>What the framework maps and no attribute of ours can reach. Each is here by its exact pattern, with why that is right.</summary>
    private static readonly Dictionary<string, string> Framework = new()
    {
        ["/_blazor"] = "a circuit has the person of the request that opened it, and pages decide for themselves",
        ["/_blazor/negotiate"] = "as /_blazor",
        ["/_blazor/disconnect"] = "only closes the circuit whose secret id it is sent",
        ["/_blazor/initializers"] = "a list of script names",
        ["/_framework/opaque-redirect"] = "decodes an address that this application protected",
        ["/_framework/blazor.web.js"] = "a script",
        ["/_framework/blazor.server.js"] = "a script",
    };

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<RouteEndpoint> Endpoints => _host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    [Trait("ASVS", "8.2.1")]
    public void Every_endpoint_says_who_may_use_it()
    {
        var undecided = Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Where(endpoint => !IsFile(endpoint) && !Framework.ContainsKey(PatternOf(endpoint)))
            .Select(endpoint => $"{PatternOf(endpoint)} ({endpoint.DisplayName})")
            .Distinct();

        Assert.Empty(undecided);
    }

    [Fact]
    [Trait("ASVS", "8.2.1")]
    public void No_endpoint_says_both()
    {
        var both = Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(PatternOf);

        Assert.Empty(both);
    }

    [Fact]
    [Trait("ASVS", "8.3.1")]
    public async Task What_needs_signing_in_sends_a_stranger_to_do_so()
    {
        using var stranger = _host.CreateClient();
        var guarded = Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null && endpoint.RoutePattern.Parameters.Count == 0).ToList();
        Assert.Contains(guarded, endpoint => PatternOf(endpoint) == "/account/sessions");

        foreach (var endpoint in guarded)
        {
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";
            using var request = new HttpRequestMessage(new HttpMethod(method), PatternOf(endpoint));
            using var answer = await stranger.SendAsync(request, Token);
            Assert.True(
                answer.StatusCode is HttpStatusCode.Unauthorized || answer.LeadsTo()?.StartsWith("/login?returnUrl=", StringComparison.Ordinal) == true,
                $"{PatternOf(endpoint)} answered a stranger {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("/Identity/Account/Register")]
    [InlineData("/Identity/Account/Login")]
    [InlineData("/Identity/Account/Manage")]
    [InlineData("/Account/Register")]
    [InlineData("/Account/Login")]
    public async Task The_pages_that_come_with_Identity_are_not_there(string path)
    {
        using var answer = await _host.CreateClient().GetAsync(path, Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static string PatternOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/').TrimEnd('/');

    /// <summary>Public files: style sheets, scripts, icons.</summary>
    private static bool IsFile(RouteEndpoint endpoint) => endpoint.Metadata.Any(data => data.GetType().Name == "StaticAssetDescriptor");
}
