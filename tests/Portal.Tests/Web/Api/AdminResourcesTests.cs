using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;

namespace Portal.Tests.Web.Api;

/// <summary>Domains, linked identities and security events below <c>/api/admin</c>.</summary>
public sealed partial class AdminResourcesTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Domains = "/api/admin/domains";

    private static int made;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_domain_is_listed_read_changed_and_deleted()
    {
        using var admin = await AdminAsync();

        var created = await (await admin.PostAsJsonAsync(Domains, new { name = "Bücher.example" }, Token)).ReadAsync(HttpStatusCode.Created);
        Assert.Equal(("xn--bcher-kva.example", "new"), (created.GetProperty("name").GetString(), created.GetProperty("status").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsJsonAsync(Domains, new { name = "bücher.example" }, Token)).StatusCode);
        var changed = await (await admin.PatchAsJsonAsync($"{Domains}/xn--bcher-kva.example", new { status = "verified", flagged = true, flag_source = "a reader", category = 1 }, Token)).ReadAsync(HttpStatusCode.OK);
        Assert.Equal(
            ("verified", "a reader", "company"),
            (changed.GetProperty("domain").GetProperty("status").GetString(), changed.GetProperty("domain").GetProperty("flag_source").GetString(), changed.GetProperty("domain").GetProperty("category").GetProperty("name").GetString()));

        var list = await (await admin.GetAsync($"{Domains}?q=bcher&status=verified&flagged=true&category=1&sort=-updated&size=5", Token)).ReadAsync(HttpStatusCode.OK);
        Assert.Equal((1, 1), (list.GetProperty("total").GetInt32(), list.GetProperty("results").GetArrayLength()));
        Assert.Equal(JsonValueKind.Null, list.GetProperty("next").ValueKind);
        Assert.Equal(0, list.GetProperty("results")[0].GetProperty("users").GetProperty("users").GetInt32());

        Assert.Equal(HttpStatusCode.OK, (await admin.DeleteAsync($"{Domains}/xn--bcher-kva.example", Token)).StatusCode);
        await (await admin.GetAsync($"{Domains}/xn--bcher-kva.example", Token)).ReadProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(["name"], await (await admin.PostAsJsonAsync(Domains, new { name = "nonsense" }, Token)).ReadFieldsAsync());
        Assert.Equal(["size", "sort", "status", "flagged", "category"], await (await admin.GetAsync($"{Domains}?sort=7&status=odd&flagged=x&category=x&size=0", Token)).ReadFieldsAsync());
    }

    [Fact]
    public async Task What_a_decision_would_do_to_people_is_foretold_and_changes_nothing()
    {
        using var admin = await AdminAsync();
        await host.MakeUserAsync("one@foretold.example");
        await host.MakeUserAsync("two@mail.foretold.example");
        using var browser = await host.SignedInAsync("one@foretold.example");
        var before = await (await admin.GetAsync($"{Domains}/foretold.example", Token)).ReadAsync(HttpStatusCode.OK);

        var blocking = await (await ForetellAsync("foretold.example", new { status = "blocked", flagged = true })).ReadAsync(HttpStatusCode.OK);
        var verifying = await (await ForetellAsync("foretold.example", new { status = "verified" })).ReadAsync(HttpStatusCode.OK);

        Assert.Equal("""{"people":2,"sessions":1,"sessions_is_exact":true,"people_signed_in":1,"people_online":0}""", blocking.GetRawText());
        Assert.Equal("""{"people":2,"sessions":0,"sessions_is_exact":true,"people_signed_in":0,"people_online":0}""", verifying.GetRawText());
        Assert.Equal(before.GetRawText(), (await (await admin.GetAsync($"{Domains}/foretold.example", Token)).ReadAsync(HttpStatusCode.OK)).GetRawText());
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/me", Token)).StatusCode);
        Assert.Equal(["status"], await (await ForetellAsync("foretold.example", new { flagged = true })).ReadFieldsAsync());
        Assert.Equal(["dry_run"], await (await admin.PatchAsJsonAsync($"{Domains}/foretold.example?dry_run=1", new { status = "blocked" }, Token)).ReadFieldsAsync());
        Assert.Equal(["dryrun"], await (await admin.PatchAsJsonAsync($"{Domains}/foretold.example?dryrun=true", new { status = "blocked" }, Token)).ReadFieldsAsync());
        await (await ForetellAsync("nobody.example", new { status = "blocked" })).ReadProblemAsync(HttpStatusCode.NotFound);
        using var late = new HttpRequestMessage(HttpMethod.Patch, $"{Domains}/foretold.example?dry_run=true") { Content = JsonContent.Create(new { status = "blocked" }), Headers = { { "If-Match", "\"of yesterday\"" } } };
        await (await admin.SendAsync(late, Token)).ReadProblemAsync(HttpStatusCode.PreconditionFailed);

        Task<HttpResponseMessage> ForetellAsync(string domain, object change) => admin.PatchAsJsonAsync($"{Domains}/{domain}?dry_run=true", change, Token);
    }

    [Fact]
    public async Task Of_a_change_of_which_something_is_wrong_nothing_is_made()
    {
        using var admin = await AdminAsync();
        await (await admin.PostAsJsonAsync(Domains, new { name = "whole.example" }, Token)).ReadAsync(HttpStatusCode.Created);
        var before = await (await admin.GetAsync($"{Domains}/whole.example", Token)).ReadAsync(HttpStatusCode.OK);

        Assert.Equal(["status"], await (await admin.PatchAsJsonAsync($"{Domains}/whole.example", new { category = 1, status = "odd" }, Token)).ReadFieldsAsync());
        Assert.Equal(["flag_source"], await (await admin.PatchAsJsonAsync($"{Domains}/whole.example", new { flagged = true, flag_source = new string('x', 256) }, Token)).ReadFieldsAsync());
        Assert.Equal(["stauts"], await (await admin.PatchAsJsonAsync($"{Domains}/whole.example", new { stauts = "blocked", category = 1 }, Token)).ReadFieldsAsync());
        Assert.Equal(["category", "organisation"], await (await admin.PatchAsJsonAsync($"{Domains}/whole.example", new { status = "blocked", category = 999, organisation = 999, flagged = true }, Token)).ReadFieldsAsync());

        var after = await (await admin.GetAsync($"{Domains}/whole.example", Token)).ReadAsync(HttpStatusCode.OK);
        Assert.Equal(before.GetRawText(), after.GetRawText());
    }

    [Fact]
    public async Task What_a_change_does_not_name_stays_and_zero_takes_a_label_away()
    {
        using var admin = await AdminAsync();
        await (await admin.PostAsJsonAsync(Domains, new { name = "partly.example" }, Token)).ReadAsync(HttpStatusCode.Created);

        await (await admin.PatchAsJsonAsync($"{Domains}/partly.example", new { category = 1, flagged = true, flag_source = "a reader" }, Token)).ReadAsync(HttpStatusCode.OK);
        var moderated = (await (await admin.PatchAsJsonAsync($"{Domains}/partly.example", new { status = "moderated" }, Token)).ReadAsync(HttpStatusCode.OK)).GetProperty("domain");
        var bare = (await (await admin.PatchAsJsonAsync($"{Domains}/partly.example", new { category = 0, flagged = false }, Token)).ReadAsync(HttpStatusCode.OK)).GetProperty("domain");

        Assert.Equal(("moderated", 1, "a reader"), (moderated.GetProperty("status").GetString(), moderated.GetProperty("category").GetProperty("id").GetInt32(), moderated.GetProperty("flag_source").GetString()));
        Assert.Equal(
            ("moderated", JsonValueKind.Null, JsonValueKind.Null),
            (bare.GetProperty("status").GetString(), bare.GetProperty("category").ValueKind, bare.GetProperty("flag_source").ValueKind));
    }

    [Fact]
    public async Task Labels_of_domains_are_listed_added_changed_and_deleted()
    {
        using var admin = await AdminAsync();

        var category = await (await admin.PostAsJsonAsync("/api/admin/domain-categories", new { name = "rest-kind" }, Token)).ReadAsync(HttpStatusCode.Created);
        var root = await (await admin.PostAsJsonAsync("/api/admin/organisations", new { name = "University" }, Token)).ReadAsync(HttpStatusCode.Created);
        var part = await (await admin.PostAsync(
            "/api/admin/organisations",
            new FormUrlEncodedContent([new("name", "Physics"), new("parent", root.GetProperty("id").ToString())]), Token)).ReadAsync(HttpStatusCode.Created);
        var address = $"/api/admin/organisations/{part.GetProperty("id")}";
        var changed = await (await admin.PutAsJsonAsync(address, new { name = "Astronomy", parent = root.GetProperty("id").GetInt64(), identifier = "https://ror.org/1" }, Token)).ReadAsync(HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsJsonAsync("/api/admin/domain-categories", new { name = "rest-kind" }, Token)).StatusCode);
        Assert.Equal(["University", "Astronomy"], changed.GetProperty("path").EnumerateArray().Select(name => name.GetString()));
        var all = await (await admin.GetAsync("/api/admin/organisations", Token)).ReadAsync(HttpStatusCode.OK);
        Assert.Contains(all.GetProperty("results").EnumerateArray(), found => found.GetRawText() == changed.GetRawText());
        Assert.Contains(
            (await (await admin.GetAsync("/api/admin/domain-categories", Token)).ReadAsync(HttpStatusCode.OK)).GetProperty("results").EnumerateArray(),
            found => found.GetRawText() == category.GetRawText());
        Assert.Equal(["parent"], await (await admin.PutAsJsonAsync($"/api/admin/organisations/{root.GetProperty("id")}", new { name = "University", parent = part.GetProperty("id").GetInt64() }, Token)).ReadFieldsAsync());
        Assert.Equal(["organisation"], await (await admin.DeleteAsync($"/api/admin/organisations/{root.GetProperty("id")}", Token)).ReadFieldsAsync());
        Assert.Equal(["name"], await (await admin.PostAsJsonAsync("/api/admin/domain-categories", new { name = "Not So" }, Token)).ReadFieldsAsync());
        Assert.Equal(HttpStatusCode.OK, (await admin.DeleteAsync(address, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.DeleteAsync($"/api/admin/domain-categories/{category.GetProperty("id")}", Token)).StatusCode);
        await (await admin.DeleteAsync(address, Token)).ReadProblemAsync(HttpStatusCode.NotFound);
        await (await admin.DeleteAsync("/api/admin/domain-categories/x", Token)).ReadProblemAsync(HttpStatusCode.NotFound);
        await (await admin.PutAsJsonAsync(address, new { name = "Gone" }, Token)).ReadProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Whoever_adds_an_organisation_at_the_same_moment_as_others_hears_of_their_own()
    {
        using var admin = await AdminAsync();
        string[] identifiers = [.. Enumerable.Range(1, 6).Select(number => $"https://ror.org/at-once-{number}")];

        var answers = await Task.WhenAll(identifiers.Select(identifier => admin.PostAsJsonAsync("/api/admin/organisations", new { name = "At once", identifier }, Token)));

        Assert.Equal(identifiers, await Task.WhenAll(answers.Select(async answer => (await answer.ReadAsync(HttpStatusCode.Created)).GetProperty("identifier").GetString())));
    }

    [Fact]
    public async Task Blocking_a_domain_blocks_its_people_here_too()
    {
        using var admin = await AdminAsync();
        await host.MakeUserAsync("one@rest-blocked.example");
        using var person = await host.SignedInAsync("one@rest-blocked.example");

        var changed = await (await admin.PatchAsJsonAsync($"{Domains}/rest-blocked.example", new { status = "blocked" }, Token)).ReadAsync(HttpStatusCode.OK);

        Assert.Equal(1, changed.GetProperty("ended").GetInt32());
        Assert.Equal(1, changed.GetProperty("domain").GetProperty("users").GetProperty("blocked").GetInt32());
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.GetAsync("/api/me", Token)).StatusCode);
    }

    [Fact]
    public async Task Linked_identities_are_listed_and_removed()
    {
        using var admin = await AdminAsync();
        var user = await host.MakeUserAsync("linked@example.org");
        await using (var context = await host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token))
        {
            context.UserLogins.Add(new UserIdentity { UserId = user.Id, LoginProvider = "orcid", ProviderKey = "0000-0001" });
            await context.SaveChangesAsync(Token);
        }

        var identity = (await (await admin.GetAsync("/api/admin/identities?q=linked@&method=orcid&sort=external_id", Token)).ReadAsync(HttpStatusCode.OK)).GetProperty("results")[0];
        Assert.Equal(("0000-0001", user.Id), (identity.GetProperty("external_id").GetString(), identity.GetProperty("user").GetInt64()));
        var address = $"/api/admin/identities/{identity.GetProperty("id").GetString()}";
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(address, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.DeleteAsync(address, Token)).StatusCode);
        await (await admin.DeleteAsync(address, Token)).ReadProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Events_are_read_with_who_did_it_to_whom()
    {
        using var admin = await AdminAsync();
        var user = await host.MakeUserAsync("watched@example.org");

        var list = await (await admin.GetAsync($"/api/admin/events?subject=watched@example.org&kind=account-created&from=2020-01-01&size=1", Token)).ReadAsync(HttpStatusCode.OK);
        var happened = list.GetProperty("results")[0];
        Assert.Equal(("account-created", user.Id, "watched@example.org"), (happened.GetProperty("kind").GetString(), happened.GetProperty("subject").GetProperty("id").GetInt64(), happened.GetProperty("subject").GetProperty("email").GetString()));
        var one = await (await admin.GetAsync($"/api/admin/events/{happened.GetProperty("id").GetInt64()}", Token)).ReadAsync(HttpStatusCode.OK);
        Assert.Equal(happened.GetRawText(), one.GetRawText());
        await (await admin.GetAsync("/api/admin/events/987654321", Token)).ReadProblemAsync(HttpStatusCode.NotFound);
        await (await admin.GetAsync("/api/admin/events/first", Token)).ReadProblemAsync(HttpStatusCode.NotFound);
        Assert.Equal(["kind", "subject", "from", "size"], await (await admin.GetAsync("/api/admin/events?kind=odd&subject=nobody&from=yesterday&size=x", Token)).ReadFieldsAsync());
        Assert.Equal(["ip", "to"], (await (await admin.GetAsync("/api/admin/events?ip=nonsense&from=2031-02-04&to=2031-02-03", Token)).ReadFieldsAsync()).Order());
    }

    [Fact]
    [Trait("ASVS", "8.2.1")]
    public async Task Whoever_does_not_administer_is_told_so()
    {
        await host.MakeUserAsync("plain@example.org");
        using var plain = await host.SignedInAsync("plain@example.org");

        foreach (var path in (string[])[Domains, $"{Domains}/example.org", "/api/admin/identities", "/api/admin/events", "/api/admin/events/1"])
        {
            await (await plain.GetAsync(path, Token)).ReadProblemAsync(HttpStatusCode.Forbidden);
            await (await host.Anonymous().GetAsync(path, Token)).ReadProblemAsync(HttpStatusCode.Unauthorized);
        }
    }

    private async Task<HttpClient> AdminAsync()
    {
        var email = $"admin{Interlocked.Increment(ref made)}@example.net";
        await host.MakeUserAsync(email);
        var roles = host.Services.GetRequiredService<IRoleAdmin>();
        await roles.CreateAsync(RoleNames.Administrator, null, Operator.CommandLine, Token);
        Assert.IsType<AdminOutcome.Done>(await roles.AddAsync(email, RoleNames.Administrator, Operator.CommandLine, Token));
        return await host.SignedInAsync(email);
    }
}
