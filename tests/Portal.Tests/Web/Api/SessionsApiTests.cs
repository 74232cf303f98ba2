using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Portal.Tests.Web.Api;

public sealed class SessionsApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_holds_the_callers_live_sessions_with_the_current_one_first()
    {
        await host.MakeUserAsync("lists@example.org");
        await host.MakeUserAsync("neighbour@example.org");
        using var ended = await host.SignedInAsync("lists@example.org");
        using var here = await host.SignedInAsync("lists@example.org");
        using var there = await host.SignedInAsync("lists@example.org");
        using var neighbour = await host.SignedInAsync("neighbour@example.org");
        (await ended.PostAsync("/api/logout", null, Token)).Dispose();

        var list = await ListAsync(here);

        Assert.Equal(2, list.GetProperty("total").GetInt32());
        var results = list.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal([true, false], results.Select(session => session.GetProperty("current").GetBoolean()));
        Assert.Equal(
            ["id", "current", "online", "tabs", "created", "last_seen", "expires", "ip", "country", "browser", "browser_version", "os", "device", "method", "impersonated"],
            results[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal("pwd", results[0].GetProperty("method").GetString());
    }

    [Fact]
    public async Task Ending_all_others_leaves_the_current_one()
    {
        await host.MakeUserAsync("others@example.org");
        using var here = await host.SignedInAsync("others@example.org");
        using var there = await host.SignedInAsync("others@example.org");

        using var answer = await here.DeleteAsync("/api/sessions", Token);

        Assert.Equal(1, (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("ended").GetInt32());
        using var me = await here.GetAsync("/api/me", Token);
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
        using var gone = await there.GetAsync("/api/me", Token);
        Assert.Contains("everywhere", await gone.ReadProblemAsync(HttpStatusCode.Unauthorized));
    }

    [Fact]
    [Trait("ASVS", "14.3.1")]
    public async Task Ending_the_current_one_takes_its_cookie_away_and_what_the_browser_keeps()
    {
        await host.MakeUserAsync("current@example.org");
        using var here = await host.SignedInAsync("current@example.org");
        var id = (await ListAsync(here)).GetProperty("results")[0].GetProperty("id").GetString();

        using var answer = await here.DeleteAsync($"/api/sessions/{id}", Token);

        Assert.Equal(1, (await answer.ReadAsync(HttpStatusCode.OK)).GetProperty("ended").GetInt32());
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("portal-session=;", StringComparison.Ordinal));
        Assert.Equal("\"cache\", \"storage\"", Assert.Single(answer.Headers.GetValues("Clear-Site-Data")));
        using var me = await here.GetAsync("/api/me", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
    }

    [Fact]
    [Trait("ASVS", "7.5.2")]
    public async Task Others_end_only_after_proving_who_one_is_and_the_current_one_always()
    {
        var user = await host.MakeUserAsync("stale@example.org");
        using var here = await host.SignedInAsync("stale@example.org");
        using var there = await host.SignedInAsync("stale@example.org");
        var ids = (await ListAsync(here)).GetProperty("results").EnumerateArray().Select(session => session.GetProperty("id").GetString()).ToList();
        await host.ProvedLongAgoAsync(user.Id);

        using var all = await here.DeleteAsync("/api/sessions", Token);
        using var one = await here.DeleteAsync($"/api/sessions/{ids[1]}", Token);
        Assert.Contains("/api/confirm-password", await all.ReadProblemAsync(HttpStatusCode.Forbidden));
        Assert.Contains("/api/confirm-password", await one.ReadProblemAsync(HttpStatusCode.Forbidden));
        using var itself = await there.DeleteAsync($"/api/sessions/{ids[1]}", Token);
        Assert.Equal(1, (await itself.ReadAsync(HttpStatusCode.OK)).GetProperty("ended").GetInt32());

        using var proof = await here.PostAsJsonAsync("/api/confirm-password", new { password = ApiHost.Password }, Token);
        proof.EnsureSuccessStatusCode();
        await ApiHost.SendTokenAsync(here);
        using var now = await here.DeleteAsync("/api/sessions", Token);
        Assert.Equal(0, (await now.ReadAsync(HttpStatusCode.OK)).GetProperty("ended").GetInt32());
    }

    [Fact]
    [Trait("ASVS", "8.2.2")]
    public async Task Another_persons_session_is_as_unknown_as_none()
    {
        await host.MakeUserAsync("victim@example.org");
        await host.MakeUserAsync("curious@example.org");
        using var victim = await host.SignedInAsync("victim@example.org");
        using var curious = await host.SignedInAsync("curious@example.org");
        var id = (await ListAsync(victim)).GetProperty("results")[0].GetProperty("id").GetString()!;

        using var theirs = await curious.DeleteAsync($"/api/sessions/{id}", Token);
        using var nobodys = await curious.DeleteAsync($"/api/sessions/{new string('0', id.Length)}", Token);
        using var nonsense = await curious.DeleteAsync("/api/sessions/..%2F..%2Fx", Token);

        var said = await nobodys.ReadProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(said, await theirs.ReadProblemAsync(HttpStatusCode.NotFound));
        Assert.Equal(said, await nonsense.ReadProblemAsync(HttpStatusCode.NotFound));
        using var still = await victim.GetAsync("/api/me", Token);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    private static async Task<JsonElement> ListAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/sessions", Token);
        return await answer.ReadAsync(HttpStatusCode.OK);
    }
}
