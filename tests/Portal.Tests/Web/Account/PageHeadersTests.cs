using System.Net;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Portal.Testing;

namespace Portal.Tests.Web.Account;

public sealed class PageHeadersTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every page of the running portal that has a plain address, and what is no page.</summary>
    private IEnumerable<string> Addresses => _host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && endpoint.RoutePattern.Parameters.Count == 0)
        .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
        .Concat(["/", "/nowhere", "/error/500", "/logout", "/account/sessions/x.css", "/portal.css", "/favicon.svg", "/_blazor/initializers"])
        .Distinct();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("ASVS", "3.4.3")]
    [Trait("ASVS", "3.4.4")]
    [Trait("ASVS", "3.4.5")]
    [Trait("ASVS", "3.4.6")]
    public async Task Every_answer_has_the_protective_headers(bool signedIn)
    {
        using var browser = await BrowserAsync(signedIn);
        foreach (var address in Addresses)
        {
            using var answer = await browser.GetAsync(address, Token);

            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'", policy);
            Assert.Contains("frame-ancestors 'none'", policy);
            Assert.Contains("object-src 'none'", policy);
            Assert.DoesNotContain("unsafe-eval", policy);
            Assert.DoesNotContain("script-src 'self' 'unsafe-inline'", policy);
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.Equal(["same-origin"], answer.Headers.GetValues("Referrer-Policy"));
            Assert.Equal(["DENY"], answer.Headers.GetValues("X-Frame-Options"));
            Assert.False(answer.Headers.Contains("Server"));
            Assert.False(answer.Headers.Contains("X-Powered-By"));
        }
    }

    [Fact]
    [Trait("ASVS", "14.3.2")]
    [Trait("ASVS", "14.2.2")]
    public async Task No_page_is_kept_by_browsers_or_on_the_way()
    {
        using var browser = await BrowserAsync(signedIn: true);
        foreach (var address in Addresses.Where(address => !address.Contains('.', StringComparison.Ordinal) && !address.StartsWith("/_", StringComparison.Ordinal)))
        {
            using var answer = await browser.GetAsync(address, Token);
            Assert.True(answer.Headers.CacheControl?.NoStore, address);
        }
    }

    [Fact]
    [Trait("ASVS", "14.2.5")]
    public async Task A_page_is_not_found_under_the_name_of_a_file()
    {
        using var browser = await BrowserAsync(signedIn: true);

        using var answer = await browser.GetAsync("/account/sessions/x.css", Token);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    [Trait("ASVS", "7.4.4")]
    public async Task Somebody_signed_in_can_sign_out_on_every_page()
    {
        using var browser = await BrowserAsync(signedIn: true);
        foreach (var address in Addresses)
        {
            using var answer = await browser.GetAsync(address, Token);
            if (answer.Content.Headers.ContentType?.MediaType == "text/html" && answer.Headers.Location is null)
            {
                Assert.NotNull((await answer.PageAsync()).QuerySelector("form[method=post][action='/logout'] button[type=submit]"));
            }
        }
    }

    [Fact]
    [Trait("ASVS", "3.4.1")]
    public async Task Over_TLS_browsers_are_told_to_stay_there_for_a_year()
    {
        await using var host = await PortalHost.StartAsync(options => options.Settings["Portal:PublicUrl"] = "https://accounts.example.org");
        using var browser = host.CreateClient();
        foreach (var address in new[] { "/login", "/nowhere", "/portal.css" })
        {
            using var answer = await browser.GetAsync(address, Token);
            Assert.Equal(["max-age=31536000"], answer.Headers.GetValues("Strict-Transport-Security"));
        }
    }

    private async Task<HttpClient> BrowserAsync(bool signedIn) =>
        signedIn ? await _host.BeginSessionAsync(await _host.CreateUserAsync()) : _host.CreateClient();
}
