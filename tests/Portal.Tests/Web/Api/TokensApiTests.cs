using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Portal.Accounts.Administration;
using Portal.Accounts.Tokens;

namespace Portal.Tests.Web.Api;

public sealed class TokensApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_with_a_token_is_its_person_reads_and_changes_without_cookie_and_antiforgery()
    {
        await host.MakeUserAsync("program@example.org");
        using var browser = await host.SignedInAsync("program@example.org");
        using var program = await ProgramAsync(browser);

        var me = await (await program.GetAsync("/api/me", Token)).ReadAsync(HttpStatusCode.OK);
        Assert.Equal("program@example.org", me.GetProperty("email").GetString());
        var sessions = await (await program.GetAsync("/api/sessions", Token)).ReadAsync(HttpStatusCode.OK);
        Assert.True(sessions.GetProperty("results")[0].GetProperty("current").GetBoolean());
        using var other = await host.SignedInAsync("program@example.org");
        using var ended = await program.DeleteAsync("/api/sessions", Token);
        Assert.Equal(1, (await ended.ReadAsync(HttpStatusCode.OK)).GetProperty("ended").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/me", Token)).StatusCode);
    }

    [Fact]
    public async Task The_answer_is_what_clients_of_OAuth_expect()
    {
        await host.MakeUserAsync("shape@example.org");
        using var browser = await host.SignedInAsync("shape@example.org");

        using var answer = await browser.PostAsync("/api/tokens", null, Token);

        var body = await answer.ReadAsync(HttpStatusCode.OK);
        Assert.Equal(["access_token", "token_type", "expires_in"], body.EnumerateObject().Select(property => property.Name));
        Assert.Equal(("Bearer", 3600), (body.GetProperty("token_type").GetString(), body.GetProperty("expires_in").GetInt32()));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    [Trait("ASVS", "7.4.1")]
    public async Task An_ended_sessions_token_is_refused_with_the_reason()
    {
        await host.MakeUserAsync("ended@example.org");
        using var browser = await host.SignedInAsync("ended@example.org");
        using var program = await ProgramAsync(browser);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/me", Token)).StatusCode);
        (await browser.PostAsync("/api/logout", null, Token)).Dispose();

        using var refused = await program.GetAsync("/api/me", Token);

        Assert.Equal("The session of the access token has ended or has another key. Sign in again.", await refused.ReadProblemAsync(HttpStatusCode.Unauthorized));
        Assert.Equal("Bearer error=\"invalid_token\", error_description=\"The session of the access token has ended or has another key.\"", refused.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("/api/confirm-password", false)]
    [InlineData("/api/change-password", true)]
    [Trait("ASVS", "7.2.4")]
    public async Task A_token_is_left_behind_by_the_sessions_next_key(string path, bool isNew)
    {
        var email = $"rekeyed{(isNew ? "-password" : "")}@example.org";
        await host.MakeUserAsync(email);
        using var browser = await host.SignedInAsync(email);
        using var program = await ProgramAsync(browser);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/me", Token)).StatusCode);

        object body = isNew ? new { password = ApiHost.Password, new_password = "herons wade across Zeeland" } : new { password = ApiHost.Password };
        await (await browser.PostAsJsonAsync(path, body, Token)).ReadAsync(HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/me", Token)).StatusCode);
        using var next = await ProgramAsync(browser);
        Assert.Equal(HttpStatusCode.OK, (await next.GetAsync("/api/me", Token)).StatusCode);
    }

    [Fact]
    public async Task Signing_out_by_a_token_ends_its_session_everywhere()
    {
        await host.MakeUserAsync("leaves@example.org");
        using var browser = await host.SignedInAsync("leaves@example.org");
        using var program = await ProgramAsync(browser);

        Assert.Equal(HttpStatusCode.OK, (await program.PostAsync("/api/logout", null, Token)).StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await program.GetAsync("/api/me", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/me", Token)).StatusCode);
    }

    [Fact]
    public async Task A_role_taken_from_the_person_is_taken_from_the_token()
    {
        await host.MakeUserAsync("administers@example.org");
        await host.MakeUserAsync("administers-too@example.org");
        var roles = host.Services.GetRequiredService<IRoleAdmin>();
        await roles.AddAsync("administers-too@example.org", "admin", Operator.CommandLine, Token);
        await roles.AddAsync("administers@example.org", "admin", Operator.CommandLine, Token);
        using var browser = await host.SignedInAsync("administers@example.org");
        using var program = await ProgramAsync(browser);
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/admin/users", Token)).StatusCode);

        await roles.RemoveAsync("administers@example.org", "admin", Operator.CommandLine, Token);

        Assert.Equal(HttpStatusCode.Forbidden, (await program.GetAsync("/api/admin/users", Token)).StatusCode);
    }

    [Fact]
    public async Task A_token_opens_REST_alone_and_a_wrong_one_is_not_helped_by_a_cookie()
    {
        await host.MakeUserAsync("pages@example.org");
        using var browser = await host.SignedInAsync("pages@example.org");
        using var program = await ProgramAsync(browser);

        Assert.Equal(HttpStatusCode.Redirect, (await program.GetAsync("/account/sessions", Token)).StatusCode);
        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "no.token.atall");
        using var refused = await browser.GetAsync("/api/me", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/account/sessions", Token)).StatusCode);
    }

    [Fact]
    public async Task An_old_token_of_Invenio_opens_nothing_though_its_key_is_known()
    {
        const string Key = "the key of the portal before this one";
        await using var site = await ApiHost.StartAsync(options => options.Settings["Jwt:InvenioKey"] = Key);
        var user = await site.MakeUserAsync("before@example.org");
        var end = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        var token = new JsonWebTokenHandler().CreateToken(
            $$"""{"sub": {{user.Id}}, "exp": {{end}}, "jti": "1"}""", new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Key)), SecurityAlgorithms.HmacSha256));
        using var program = site.Anonymous();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        Assert.Equal($"{user.Id}", Assert.IsType<TokenOutcome.Foreign>(await site.Services.GetRequiredService<ITokenService>().ReadAsync(token, Token)).Subject);
        Assert.Contains("not one for this site", await (await program.GetAsync("/api/me", Token)).ReadProblemAsync(HttpStatusCode.Unauthorized), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_password_leaves_the_token_that_changed_it_and_the_cookie_of_its_session()
    {
        await host.MakeUserAsync("changes@example.org");
        using var browser = await host.SignedInAsync("changes@example.org");
        using var other = await host.SignedInAsync("changes@example.org");
        using var program = await ProgramAsync(browser);

        using var changed = await program.PostAsJsonAsync("/api/change-password", new { password = ApiHost.Password, new_password = "windmills turn above Delft" }, Token);

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.False(changed.Headers.Contains("Set-Cookie"));
        Assert.Equal(HttpStatusCode.OK, (await program.GetAsync("/api/me", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/me", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync("/api/me", Token)).StatusCode);
    }

    [Fact]
    public async Task A_token_buys_no_other()
    {
        await host.MakeUserAsync("renews@example.org");
        using var browser = await host.SignedInAsync("renews@example.org");
        using var program = await ProgramAsync(browser);

        using var refused = await program.PostAsync("/api/tokens", null, Token);

        Assert.Contains("buys no other", await refused.ReadProblemAsync(HttpStatusCode.Forbidden), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_signs_in_for_a_token_and_gets_no_cookie()
    {
        await host.MakeUserAsync("headless@example.org");
        using var program = host.Anonymous();

        using var answer = await program.PostAsJsonAsync("/api/login", new { email = "headless@example.org", password = ApiHost.Password, token = true }, Token);

        var token = (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("access_token").GetString();
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var sessions = await (await program.GetAsync("/api/sessions", Token)).ReadAsync(HttpStatusCode.OK);
        Assert.Equal(1, sessions.GetProperty("total").GetInt32());
    }

    /// <summary>A program that was given a token of the browser's session, and no cookie.</summary>
    private async Task<HttpClient> ProgramAsync(HttpClient browser)
    {
        using var answer = await browser.PostAsync("/api/tokens", null, Token);
        var token = (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("access_token").GetString();
        var program = host.Anonymous();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return program;
    }
}
