using System.Net;
using Portal.Testing;
using Portal.Tests.House;

namespace Portal.Tests.Web.Shell;

public sealed class OtherOriginsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Other = "https://other.example";

    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<string> Addresses => ListedAddresses.Of(_host).Select(ListedAddresses.PatternOf)
        .Where(address => !address.Contains('{', StringComparison.Ordinal))
        .Concat(["/nowhere", "/api/nowhere", "/api/sessions/one", "/portal.css", "/_blazor/negotiate?negotiateVersion=1"])
        .Distinct();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("ASVS", "3.4.2")]
    public async Task No_other_origin_is_let_in(bool signedIn)
    {
        using var browser = signedIn ? await _host.BeginSessionAsync(await _host.CreateUserAsync()) : _host.CreateClient();
        foreach (var address in Addresses)
        {
            foreach (var (method, origin) in new[] { ("GET", Other), ("GET", "null"), ("POST", Other), ("OPTIONS", Other) })
            {
                using var answer = await AskAsync(browser, method, address, origin);
                Assert.True(
                    !answer.Headers.Any(header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)),
                    $"{method} {address} lets {origin} in.");
                Assert.True(answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single() == "same-origin", address);
            }
        }
    }

    [Theory]
    [InlineData("/api/login")]
    [InlineData("/api/sessions")]
    [InlineData("/api/me")]
    [InlineData("/account/seen")]
    [Trait("ASVS", "3.5.2")]
    public async Task Nobody_answers_when_a_browser_asks_whether_another_site_may(string address)
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync());

        using var answer = await AskAsync(browser, "OPTIONS", address, Other);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient browser, string method, string address, string origin)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Add("Origin", origin);
        if (method == "OPTIONS")
        {
            request.Headers.Add("Access-Control-Request-Method", "DELETE");
            request.Headers.Add("Access-Control-Request-Headers", "content-type,requestverificationtoken");
        }

        return await browser.SendAsync(request, Token);
    }
}
