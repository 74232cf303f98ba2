using System.Net;
using System.Text.Json;
using Portal.Accounts;
using Portal.Testing;
using Portal.Tests.Accounts.Administration;

namespace Portal.Tests.Web.Api;

public sealed class AdminSessionsApiTests : IAsyncLifetime
{
    private PortalHost _host = null!;
    private HttpClient _admin = null!;
    private TestUser _person = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _person = await _host.CreateUserAsync();
        _admin = await _host.BeginSessionAsync(await _host.CreateUserAsync(roles: RoleNames.Administrator));
        await ApiHost.SendTokenAsync(_admin);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task The_list_is_filtered_and_read_page_by_page()
    {
        using var first = await _host.BeginSessionAsync(_person);
        using var second = await _host.BeginSessionAsync(_person);

        var all = await ReadAsync(await _admin.GetAsync("/api/admin/sessions?size=2", Token));
        var rest = await ReadAsync(await _admin.GetAsync($"/api/admin/sessions?size=2&after={all.GetProperty("next").GetString()}", Token));
        var theirs = await ReadAsync(await _admin.GetAsync($"/api/admin/sessions?q={_person.Email}", Token));

        Assert.Equal((3, 2, 1), (all.GetProperty("total").GetInt32(), all.GetProperty("results").GetArrayLength(), rest.GetProperty("results").GetArrayLength()));
        Assert.Equal(2, theirs.GetProperty("total").GetInt32());
        Assert.Equal(JsonValueKind.Null, theirs.GetProperty("next").ValueKind);
        using var wrong = await _admin.GetAsync("/api/admin/sessions?size=none&since=yesterday&online=perhaps&impersonated=false", Token);
        Assert.Equal(["since", "online", "impersonated", "size"], (await ReadAsync(wrong, HttpStatusCode.BadRequest)).GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task Of_a_session_in_which_an_administrator_acts_it_is_said_who()
    {
        var acting = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        using var browser = await _host.BeginSessionAsync(acting);
        (await browser.ActAsAsync(_person)).Dispose();
        var id = await _host.IdAsync(browser);

        var listed = Assert.Single((await ReadAsync(await _admin.GetAsync("/api/admin/sessions?impersonated=true", Token))).GetProperty("results").EnumerateArray());
        var one = await ReadAsync(await _admin.GetAsync($"/api/admin/sessions/{id}", Token));
        var own = await ReadAsync(await _admin.GetAsync($"/api/admin/sessions/{await _host.IdAsync(_admin)}", Token));

        Assert.Equal((id, _person.Id, acting.Id), (listed.GetProperty("id").GetString(), listed.GetProperty("user").GetInt64(), listed.GetProperty("impersonator").GetInt64()));
        Assert.Equal((true, acting.Id), (one.GetProperty("impersonated").GetBoolean(), one.GetProperty("impersonator").GetInt64()));
        Assert.Equal(JsonValueKind.Null, own.GetProperty("impersonator").ValueKind);
    }

    [Fact]
    public async Task One_ends_by_its_id_and_all_never_by_omission()
    {
        using var first = await _host.BeginSessionAsync(_person);
        using var second = await _host.BeginSessionAsync(_person);

        Assert.Equal(1, (await ReadAsync(await _admin.DeleteAsync($"/api/admin/sessions/{await _host.IdAsync(first)}", Token))).GetProperty("ended").GetInt32());
        await ReadAsync(await _admin.DeleteAsync("/api/admin/sessions", Token), HttpStatusCode.BadRequest);
        await ReadAsync(await _admin.DeleteAsync($"/api/admin/sessions/{await _host.IdAsync(_admin)}", Token), HttpStatusCode.BadRequest);
        await ReadAsync(await _admin.DeleteAsync("/api/admin/sessions/none", Token), HttpStatusCode.NotFound);
        Assert.True(await second.IsSignedInAsync());
        Assert.Equal(1, (await ReadAsync(await _admin.DeleteAsync("/api/admin/sessions?all=true", Token))).GetProperty("ended").GetInt32());
        Assert.True(await _admin.IsSignedInAsync());
    }

    [Fact]
    public async Task What_an_end_would_end_is_foretold_and_ends_nothing()
    {
        using var first = await _host.BeginSessionAsync(_person);
        using var second = await _host.BeginSessionAsync(_person);

        var theirs = await ReadAsync(await _admin.DeleteAsync($"/api/admin/sessions?user={_person.Email}&dry_run=true", Token));
        var all = await ReadAsync(await _admin.DeleteAsync("/api/admin/sessions?all=true&dry_run=true", Token));

        Assert.Equal("""{"sessions":2,"sessions_is_exact":true,"people":1,"online":0,"spares_own":false}""", theirs.GetRawText());
        Assert.Equal((2, true), (all.GetProperty("sessions").GetInt32(), all.GetProperty("spares_own").GetBoolean()));
        await ReadAsync(await _admin.DeleteAsync("/api/admin/sessions?dry_run=true", Token), HttpStatusCode.BadRequest);
        // By a slip of the pen nothing ends.
        await ReadAsync(await _admin.DeleteAsync("/api/admin/sessions?all=true&dry_run=yes", Token), HttpStatusCode.BadRequest);
        var misspelt = await ReadAsync(await _admin.DeleteAsync($"/api/admin/sessions?all=true&dryrun=true&person={_person.Email}", Token), HttpStatusCode.BadRequest);
        Assert.Equal(["dryrun", "person"], misspelt.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()));
        Assert.StartsWith("There is no parameter \"dryrun\" here. There are: ", misspelt.GetProperty("errors")[0].GetProperty("message").GetString());
        Assert.True(await first.IsSignedInAsync());
        Assert.True(await second.IsSignedInAsync());
    }

    [Fact]
    [Trait("ASVS", "8.2.1")]
    public async Task Nobody_else_reads_or_ends_and_many_need_a_recent_proof()
    {
        using var first = await _host.BeginSessionAsync(_person);
        using var second = await _host.BeginSessionAsync(await _host.CreateUserAsync());
        await ApiHost.SendTokenAsync(first);

        await ReadAsync(await first.GetAsync("/api/admin/sessions", Token), HttpStatusCode.Forbidden);
        await ReadAsync(await first.DeleteAsync("/api/admin/sessions?all=true", Token), HttpStatusCode.Forbidden);
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
        var refused = await ReadAsync(await _admin.DeleteAsync("/api/admin/sessions?all=true", Token), HttpStatusCode.Forbidden);
        Assert.Contains("/api/confirm-password", refused.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.True(await second.IsSignedInAsync());
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(Token);
            Assert.True(answer.StatusCode == expected, $"{answer.StatusCode}: {text}");
            return JsonDocument.Parse(text).RootElement;
        }
    }
}
