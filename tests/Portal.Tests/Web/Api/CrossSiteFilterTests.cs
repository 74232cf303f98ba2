using System.Net;
using System.Net.Http.Json;

namespace Portal.Tests.Web.Api;

[Trait("ASVS", "3.5.1")]
public sealed class CrossSiteFilterTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "http://localhost.evil.example")]
    [InlineData("Origin", "http://localhost:9999")]
    [InlineData("Origin", "https://localhost")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Another_site_cannot_sign_somebody_in(string header, string value)
    {
        using var client = host.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        using var answer = await client.PostAsJsonAsync("/api/login", new { email = "attacker@example.org", password = ApiHost.Password }, Token);

        Assert.Contains("Another site", await answer.ReadProblemAsync(HttpStatusCode.Forbidden));
    }

    [Theory]
    [InlineData("Origin", "http://localhost")]
    [InlineData("Origin", "http://localhost:5080")]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("X-Nothing", "a program")]
    public async Task This_site_and_programs_reach_the_handler(string header, string value)
    {
        using var client = host.Anonymous();
        // Reached under another name than its public one, as behind a proxy.
        client.BaseAddress = new Uri("http://localhost");
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        using var answer = await client.PostAsJsonAsync("/api/login", new { }, Token);

        await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Whoever_is_signed_in_changes_nothing_without_the_token()
    {
        await host.MakeUserAsync("tokenless@example.org");
        using var client = host.Anonymous();
        (await client.PostAsJsonAsync("/api/login", new { email = "tokenless@example.org", password = ApiHost.Password }, Token)).Dispose();

        using var without = await client.DeleteAsync("/api/sessions", Token);
        using var signOut = await client.PostAsync("/api/logout", null, Token);
        await ApiHost.SendTokenAsync(client);
        using var with = await client.DeleteAsync("/api/sessions", Token);

        Assert.Contains("/api/antiforgery", await without.ReadProblemAsync(HttpStatusCode.Forbidden));
        await signOut.ReadProblemAsync(HttpStatusCode.Forbidden);
        await with.ReadAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_token_of_another_person_is_refused()
    {
        await host.MakeUserAsync("one@example.org");
        using var client = host.Anonymous();
        await ApiHost.SendTokenAsync(client);
        (await client.PostAsJsonAsync("/api/login", new { email = "one@example.org", password = ApiHost.Password }, Token)).Dispose();

        // The token was handed out before the sign-in.
        using var answer = await client.DeleteAsync("/api/sessions", Token);

        await answer.ReadProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_token_does_not_help_another_site()
    {
        await host.MakeUserAsync("helped@example.org");
        using var client = await host.SignedInAsync("helped@example.org");
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await client.DeleteAsync("/api/sessions", Token);

        await answer.ReadProblemAsync(HttpStatusCode.Forbidden);
    }

    [Theory]
    [Trait("ASVS", "3.5.2")]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Json_cannot_be_smuggled_past_a_preflight(string type)
    {
        using var client = host.Anonymous();
        using var content = new StringContent("{\"email\":\"a\",\"password\":\"b\"}");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await client.PostAsync("/api/login", content, Token);

        await answer.ReadProblemAsync(HttpStatusCode.UnsupportedMediaType);
    }
}
