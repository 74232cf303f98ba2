using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Portal.Tests.Web.Api;

public sealed class ProfileApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_profile_tells_who_and_how_and_in_which_version()
    {
        using var client = await SignedInAsync("reads@example.org", "reader");

        using var answer = await client.GetAsync("/api/profile", Token);

        var profile = await answer.ReadAsync(HttpStatusCode.OK);
        Assert.Equal(["id", "email", "username", "profile", "preferences", "picture", "version"], profile.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("reads@example.org", "reader"), (profile.GetProperty("email").GetString(), profile.GetProperty("username").GetString()));
        Assert.Equal("""{"full_name":null,"affiliations":null}""", profile.GetProperty("profile").GetRawText());
        Assert.Equal(
            """{"visibility":"restricted","email_visibility":"restricted","language":null,"time_zone":null,"theme":"system"}""",
            profile.GetProperty("preferences").GetRawText());
        Assert.Equal($"\"{profile.GetProperty("version").GetString()}\"", answer.Headers.ETag!.Tag);
    }

    [Fact]
    public async Task A_change_merges_what_it_names_and_null_empties()
    {
        using var client = await SignedInAsync("merges@example.org");

        await PatchAsync(client, """{"profile": {"full_name": "Ada", "affiliations": "CERN"}, "preferences": {"theme": "dark"}}""", HttpStatusCode.OK);
        var now = await PatchAsync(client, """{"profile": {"affiliations": null}, "preferences": {"time_zone": "Europe/Zurich", "language": "de"}}""", HttpStatusCode.OK);

        Assert.Equal("""{"full_name":"Ada","affiliations":null}""", now.GetProperty("profile").GetRawText());
        Assert.Equal(
            """{"visibility":"restricted","email_visibility":"restricted","language":"de","time_zone":"Europe/Zurich","theme":"dark"}""",
            now.GetProperty("preferences").GetRawText());
        Assert.Equal(now.GetRawText(), (await GetAsync(client)).GetRawText());
        var empty = await PatchAsync(client, "{}", HttpStatusCode.OK);
        Assert.Equal(now.GetRawText(), empty.GetRawText());
    }

    [Fact]
    public async Task A_form_names_members_behind_a_full_stop()
    {
        using var client = await SignedInAsync("forms@example.org");

        using var answer = await client.PatchAsync("/api/profile", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["profile.full_name"] = "Ada",
            ["preferences.theme"] = "light",
        }), Token);

        var now = await answer.ReadAsync(HttpStatusCode.OK);
        Assert.Equal("Ada", now.GetProperty("profile").GetProperty("full_name").GetString());
        Assert.Equal("light", now.GetProperty("preferences").GetProperty("theme").GetString());
    }

    [Theory]
    [Trait("ASVS", "8.2.3")]
    [InlineData("""{"profile": {"shoe_size": "44"}}""", "profile.shoe_size")]
    [InlineData("""{"profile": {"full_name": 5}}""", "profile.full_name")]
    [InlineData("""{"profile": {"full_name": ["a"]}}""", "profile.full_name")]
    [InlineData("""{"profile": {"full_name": {"a": {}}}}""", "profile.full_name")]
    [InlineData("""{"profile": {"full_name": "\ud800"}}""", "profile.full_name")]
    [InlineData("""{"profile": "Ada"}""", "profile")]
    [InlineData("""{"profile": []}""", "profile")]
    [InlineData("""{"preferences": {"theme": "neon"}}""", "preferences.theme")]
    [InlineData("""{"preferences": {"theme": true}}""", "preferences.theme")]
    [InlineData("""{"preferences": {"visibility": null}}""", "preferences.visibility")]
    [InlineData("""{"preferences": {"shoe_size": "44"}}""", "preferences.shoe_size")]
    [InlineData("""{"email": "other@example.org"}""", "email")]
    [InlineData("""{"roles": ["admin"]}""", "roles")]
    [InlineData("""{"is_active": true}""", "is_active")]
    [InlineData("""{"id": 1}""", "id")]
    [InlineData("""{"version": 5}""", "version")]
    public async Task What_may_not_be_changed_or_does_not_fit_is_named_and_nothing_is_saved(string body, string field)
    {
        using var client = await SignedInAsync($"refused-{Guid.CreateVersion7():N}@example.org");
        var before = await GetAsync(client);
        var mixed = body.Contains("preferences", StringComparison.Ordinal) ? body : body.Insert(1, "\"preferences\": {\"time_zone\": \"UTC\"}, ");

        var problem = await PatchAsync(client, body, HttpStatusCode.BadRequest);
        await PatchAsync(client, mixed, HttpStatusCode.BadRequest);

        Assert.Equal([field], problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()));
        Assert.Equal(before.GetRawText(), (await GetAsync(client)).GetRawText());
    }

    [Theory]
    [InlineData("""{"profile": {"full_name": "a", "full_name": "b"}}""")]
    [InlineData("""{"profile": {}, "profile": {"full_name": "b"}}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task What_can_be_read_in_two_ways_or_none_is_refused(string body)
    {
        using var client = await SignedInAsync($"unclear-{Guid.CreateVersion7():N}@example.org");

        await PatchAsync(client, body, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_stale_version_is_told_what_changed_and_may_go_over_it()
    {
        using var client = await SignedInAsync("stale@example.org");
        var old = (await GetAsync(client)).GetProperty("version").GetString();
        await PatchAsync(client, """{"profile": {"full_name": "Ada"}}""", HttpStatusCode.OK);

        var mine = $$"""{"profile": {"full_name": "Augusta"}, "version": "{{old}}"}""";
        var problem = await PatchAsync(client, mine, HttpStatusCode.Conflict);

        Assert.Equal("""[{"field":"profile.full_name","theirs":"Ada","yours":"Augusta"}]""", problem.GetProperty("changed").GetRawText());
        Assert.Equal("It is \"Ada\" now.", problem.GetProperty("errors")[0].GetProperty("message").GetString());
        var fresh = problem.GetProperty("version").GetString();
        Assert.Equal("Augusta", (await PatchAsync(client, mine.Replace(old!, fresh), HttpStatusCode.OK)).GetProperty("profile").GetProperty("full_name").GetString());
    }

    [Fact]
    public async Task A_condition_that_does_not_hold_is_told_so()
    {
        using var client = await SignedInAsync("condition@example.org");
        using var read = await client.GetAsync("/api/profile", Token);
        await PatchAsync(client, """{"profile": {"full_name": "Ada"}}""", HttpStatusCode.OK);

        await PatchAsync(client, """{"profile": {"full_name": "Augusta"}}""", HttpStatusCode.PreconditionFailed, read.Headers.ETag);
        await PatchAsync(client, """{"profile": {"full_name": "Augusta"}}""", HttpStatusCode.OK, EntityTagHeaderValue.Any);
    }

    [Fact]
    [Trait("ASVS", "2.4.1")]
    public async Task Too_many_changes_are_answered_with_how_long_to_wait()
    {
        await using var strict = await ApiHost.StartAsync(options => options.Settings["RateLimits:Profile"] = "1 per hour");
        await strict.MakeUserAsync("often@example.org");
        using var client = await strict.SignedInAsync("often@example.org");
        await PatchAsync(client, """{"profile": {"full_name": "Ada"}}""", HttpStatusCode.OK);
        await PatchAsync(client, """{"profile": {"full_name": "Ada"}}""", HttpStatusCode.OK);

        using var refused = await client.PatchAsJsonAsync("/api/profile", new { profile = new { full_name = "Augusta" } }, Token);

        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
        Assert.Contains("Retry-After", await refused.ReadProblemAsync(HttpStatusCode.TooManyRequests));
        Assert.Equal("Ada", (await GetAsync(client)).GetProperty("profile").GetProperty("full_name").GetString());
    }

    [Fact]
    public async Task It_is_nobody_elses()
    {
        using var stranger = host.Anonymous();
        using var read = await stranger.GetAsync("/api/profile", Token);
        using var write = await stranger.PatchAsJsonAsync("/api/profile", new { profile = new { full_name = "Eve" } }, Token);

        await read.ReadProblemAsync(HttpStatusCode.Unauthorized);
        await write.ReadProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("ASVS", "3.5.1")]
    public async Task A_change_proves_that_it_comes_from_here()
    {
        await host.MakeUserAsync("forged@example.org");
        using var client = host.Anonymous();
        using var signIn = await client.PostAsJsonAsync("/api/login", new { email = "forged@example.org", password = ApiHost.Password }, Token);

        using var answer = await client.PatchAsJsonAsync("/api/profile", new { profile = new { full_name = "Eve" } }, Token);

        await answer.ReadProblemAsync(HttpStatusCode.Forbidden);
        Assert.Equal(JsonValueKind.Null, (await GetAsync(client)).GetProperty("profile").GetProperty("full_name").ValueKind);
    }

    private static async Task<JsonElement> GetAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/profile", Token);
        return await answer.ReadAsync(HttpStatusCode.OK);
    }

    private static async Task<JsonElement> PatchAsync(HttpClient client, string body, HttpStatusCode status, EntityTagHeaderValue? condition = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/profile") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (condition is not null)
        {
            request.Headers.IfMatch.Add(condition);
        }

        using var answer = await client.SendAsync(request, Token);
        Assert.Equal(status, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private async Task<HttpClient> SignedInAsync(string email, string? userName = null)
    {
        await host.MakeUserAsync(email, userName: userName);
        return await host.SignedInAsync(email);
    }
}
