using System.Net;
using System.Text.Json;

namespace Portal.Tests.Web.Api;

public sealed class EventsApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_callers_own_events_come_newest_first_with_the_documented_fields()
    {
        await host.MakeUserAsync("own@example.org");
        await host.MakeUserAsync("others@example.org");
        using var other = await host.SignedInAsync("others@example.org");
        using var client = await host.SignedInAsync("own@example.org");

        var list = await ListAsync(client, "");

        var events = list.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(["signed-in", "account-created"], events.Select(happened => happened.GetProperty("kind").GetString()));
        Assert.Equal(JsonValueKind.Null, list.GetProperty("next").ValueKind);
        Assert.Equal(
            ["id", "at", "kind", "by_you", "session", "ip", "country", "browser", "os", "details"],
            events[0].EnumerateObject().Select(property => property.Name));
        Assert.True(events[0].GetProperty("by_you").GetBoolean());
        Assert.Equal("""{"method":"pwd"}""", events[0].GetProperty("details").GetRawText());
        Assert.False(events[1].GetProperty("by_you").GetBoolean());
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_and_end()
    {
        await host.MakeUserAsync("pages@example.org");
        for (var i = 0; i < 4; i++)
        {
            (await host.SignedInAsync("pages@example.org")).Dispose();
        }

        using var client = await host.SignedInAsync("pages@example.org");
        List<long> seen = [];
        var next = "";
        do
        {
            var page = await ListAsync(client, $"?size=2{(next.Length > 0 ? $"&after={next}" : "")}");
            seen.AddRange(page.GetProperty("results").EnumerateArray().Select(happened => happened.GetProperty("id").GetInt64()));
            next = page.GetProperty("next") is { ValueKind: JsonValueKind.String } more ? more.GetString()! : "";
        }
        while (next.Length > 0);

        Assert.Equal(6, seen.Count);
        Assert.Equal(seen.OrderDescending(), seen);
        Assert.Equal(6, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("account-created", "account-created")]
    [InlineData("sign-ins", "signed-in")]
    [InlineData("roles-and-status", "account-created")]
    [InlineData("password")]
    public async Task A_kind_or_a_group_filters(string kind, params string[] expected)
    {
        var email = $"filter-{kind}@example.org";
        await host.MakeUserAsync(email);
        using var client = await host.SignedInAsync(email);

        Assert.Equal(expected, (await ListAsync(client, $"?kind={kind}")).GetProperty("results").EnumerateArray().Select(happened => happened.GetProperty("kind").GetString()!));
    }

    [Theory]
    [InlineData("?size=0", "size")]
    [InlineData("?size=101", "size")]
    [InlineData("?size=many", "size")]
    [InlineData("?after=-1", "after")]
    [InlineData("?after=x&size=y&kind=z", "after", "size", "kind")]
    [InlineData("?kind=SignedIn", "kind")]
    public async Task A_wrong_value_is_named(string query, params string[] fields)
    {
        var email = $"wrong{query.Length}{query[1]}@example.org";
        await host.MakeUserAsync(email);
        using var client = await host.SignedInAsync(email);

        using var answer = await client.GetAsync($"/api/events{query}", Token);

        Assert.Equal(fields, await answer.ReadFieldsAsync());
    }

    [Fact]
    public async Task A_stranger_is_asked_to_sign_in()
    {
        using var client = host.Anonymous();
        using var answer = await client.GetAsync("/api/events", Token);

        await answer.ReadProblemAsync(HttpStatusCode.Unauthorized);
    }

    private static async Task<JsonElement> ListAsync(HttpClient client, string query)
    {
        using var answer = await client.GetAsync($"/api/events{query}", Token);
        return await answer.ReadAsync(HttpStatusCode.OK);
    }
}
