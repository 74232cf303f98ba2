using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Testing;
using Portal.Tests.Accounts;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Web.Shell;

/// <summary>What is refused for want of a permission, or because it did not come from here, is noted with who and what.</summary>
public sealed class RefusalLogTests : IAsyncLifetime
{
    private readonly RecordedLog _log = new();
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IReadOnlyList<string> Lines => _log.Lines;

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync(options => options.ConfigureServices = services =>
    {
        services.AddSingleton<ILoggerProvider>(_log);
        services.AddLogging(logging => logging.AddFilter<RecordedLog>((category, _) => category is "Portal.Shell.RefusalLog" or "Portal.Api.CrossSiteFilter"));
        // What asks to be signed in asks for a role here: refused like any page of the administration.
        services.PostConfigure<AuthorizationOptions>(authorization =>
            authorization.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole("admin").Build());
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [Trait("ASVS", "16.3.2")]
    [InlineData("/account/sessions", "/account/sessions")]
    [InlineData("/api/admin/users", "/api/admin/users")]
    public async Task Somebody_signed_in_without_the_permission_is_noted(string path, string endpoint)
    {
        var user = await _host.CreateUserAsync();
        using var browser = await _host.BeginSessionAsync(user, address: "198.51.100.30");

        using var answer = await browser.GetAsync($"{path}?evil=%0D%0AWarning", Token);

        Assert.True(answer.StatusCode is HttpStatusCode.Forbidden || answer.LeadsTo()!.StartsWith("/access-denied", StringComparison.Ordinal), $"{answer.StatusCode}");
        var line = Assert.Single(Lines);
        Assert.StartsWith($"Warning User {user.Id} in session {await _host.IdAsync(browser)} at 198.51.100.30 may not GET ", line, StringComparison.Ordinal);
        Assert.Contains(endpoint, line, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_and_who_must_first_sign_in_are_not()
    {
        using var administrator = await _host.BeginSessionAsync(await _host.CreateUserAsync(roles: "admin"));
        using var stranger = _host.CreateClient();

        using var allowed = await administrator.GetAsync("/account/sessions", Token);
        using var asked = await stranger.GetAsync("/account/sessions", Token);
        await PortalHost.PostFormAsync(administrator, "/account/sessions", "/logout", [], Token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (allowed.StatusCode, asked.StatusCode));
        Assert.Empty(Lines);
    }

    [Fact]
    [Trait("ASVS", "16.3.3")]
    public async Task A_form_without_the_token_of_its_page_is_noted_once()
    {
        using var browser = await _host.BeginSessionAsync(await _host.CreateUserAsync(), address: "198.51.100.31");
        using var content = new FormUrlEncodedContent([new("_handler", "register"), new("Input.Email", "secret@example.org")]);

        using var answer = await browser.PostAsync("/register", content, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var line = Assert.Single(Lines);
        Assert.StartsWith("Warning ", line, StringComparison.Ordinal);
        Assert.Contains("/register", line, StringComparison.Ordinal);
        Assert.Contains(await _host.IdAsync(browser), line, StringComparison.Ordinal);
        Assert.Contains("198.51.100.31", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret@example.org", line, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "16.3.3")]
    public async Task What_another_site_made_a_browser_send_is_noted()
    {
        using var browser = _host.CreateClient("198.51.100.32");
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await browser.PostAsJsonAsync("/api/login", new { email = "a@example.org", password = "b" }, Token);
        await answer.ReadProblemAsync(HttpStatusCode.Forbidden);

        var line = Assert.Single(Lines);
        Assert.StartsWith("Warning ", line, StringComparison.Ordinal);
        Assert.Contains("/api/login", line, StringComparison.Ordinal);
        Assert.Contains("another site sent it", line, StringComparison.Ordinal);
        Assert.Contains("198.51.100.32", line, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "16.3.3")]
    public async Task A_change_without_the_token_is_noted_with_who_sent_it()
    {
        var user = await _host.CreateUserAsync(roles: "admin");
        using var browser = await _host.BeginSessionAsync(user);
        using var answer = await browser.DeleteAsync("/api/sessions", Token);
        await answer.ReadProblemAsync(HttpStatusCode.Forbidden);

        var line = Assert.Single(Lines);
        Assert.StartsWith("Warning ", line, StringComparison.Ordinal);
        Assert.Contains("antiforgery token is missing or wrong", line, StringComparison.Ordinal);
        Assert.Contains($"user {user.Id} in session {await _host.IdAsync(browser)}", line, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "16.3.3")]
    public async Task A_circuit_for_a_page_of_another_origin_is_noted()
    {
        using var browser = _host.CreateClient("198.51.100.33");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", "http://evil.example");
        using var answer = await browser.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var line = Assert.Single(Lines);
        Assert.StartsWith("Warning ", line, StringComparison.Ordinal);
        Assert.Contains("198.51.100.33", line, StringComparison.Ordinal);
    }
}
