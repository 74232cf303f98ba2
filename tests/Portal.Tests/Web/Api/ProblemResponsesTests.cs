using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Sessions;

namespace Portal.Tests.Web.Api;

public sealed class ProblemResponsesTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/me", HttpStatusCode.Unauthorized)]
    [InlineData("DELETE", "/api/sessions", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/api/login", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "/api/login", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/sessions/an-id", HttpStatusCode.MethodNotAllowed)]
    public async Task What_the_framework_refuses_is_told_in_problem_details_too(string method, string path, HttpStatusCode status)
    {
        using var client = host.Anonymous();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var answer = await client.SendAsync(request, Token);

        Assert.NotEmpty(await answer.ReadProblemAsync(status));
        // RFC 9110, section 15.5.2.
        Assert.Equal(status is HttpStatusCode.Unauthorized ? "Bearer" : "", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Whoever_was_signed_out_is_told_why_in_words()
    {
        await host.MakeUserAsync("ended@example.org");
        using var one = await host.SignedInAsync("ended@example.org");
        using var other = await host.SignedInAsync("ended@example.org");
        await (await other.DeleteAsync("/api/sessions", Token)).ReadAsync(HttpStatusCode.OK);

        Assert.Equal("This session is over: Signed out everywhere else. Sign in again.", await (await one.GetAsync("/api/me", Token)).ReadProblemAsync(HttpStatusCode.Unauthorized));
    }

    [Theory]
    [InlineData(false, HttpStatusCode.InternalServerError)]
    [InlineData(true, HttpStatusCode.ServiceUnavailable)]
    public async Task An_exception_tells_nothing_of_itself(bool isOfTheDatabase, HttpStatusCode status)
    {
        Exception thrown = isOfTheDatabase ? new TrialDatabaseException() : new InvalidOperationException("The secret is 42.");
        await using var broken = await ApiHost.StartAsync(options => options.ConfigureServices = services => services.AddSingleton<ISessionService>(new BrokenSessions(thrown)));
        await broken.MakeUserAsync("unlucky@example.org");
        using var client = await broken.SignedInAsync("unlucky@example.org");

        using var answer = await client.GetAsync("/api/sessions", Token);

        Assert.DoesNotContain("42", await answer.ReadProblemAsync(status));
        Assert.DoesNotContain("Exception", await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    [Trait("ASVS", "14.3.2")]
    public async Task No_answer_is_stored()
    {
        await host.MakeUserAsync("private@example.org");
        using var client = await host.SignedInAsync("private@example.org");
        foreach (var path in new[] { "/api/me", "/api/sessions", "/api/antiforgery" })
        {
            using var answer = await client.GetAsync(path, Token);
            Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        }
    }

    [Fact]
    [Trait("ASVS", "8.2.1")]
    public void Every_endpoint_says_who_may_call_it() => Assert.All(
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api", StringComparison.Ordinal) is true),
        endpoint => Assert.True(
            endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null,
            $"{endpoint.DisplayName} has no decision."));

    [Fact]
    public async Task An_unreadable_session_cookie_is_nobodys()
    {
        using var client = host.Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", "portal-session=nonsense");

        using var me = await client.GetAsync("/api/me", Token);
        using var signIn = await client.PostAsJsonAsync("/api/login", new { }, Token);

        await me.ReadProblemAsync(HttpStatusCode.Unauthorized);
        await signIn.ReadProblemAsync(HttpStatusCode.BadRequest);
    }

    private sealed class TrialDatabaseException() : DbException("Table 42 is locked.");

    private sealed class BrokenSessions(Exception thrown) : ISessionService
    {
        public Task<IReadOnlyList<SessionInfo>> ListAsync(ClaimsPrincipal person, CancellationToken cancellationToken) => throw thrown;

        public Task<EndOutcome> EndAsync(ClaimsPrincipal person, string sessionId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<EndOutcome> EndOthersAsync(ClaimsPrincipal person, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
