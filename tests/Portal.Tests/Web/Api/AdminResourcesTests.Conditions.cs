using System.Net;
using System.Net.Http.Json;

namespace Portal.Tests.Web.Api;

/// <summary>What is only to be done to what was read.</summary>
public sealed partial class AdminResourcesTests
{
    [Fact]
    public async Task A_domain_changed_meanwhile_is_neither_changed_nor_deleted_by_an_old_version()
    {
        using var admin = await AdminAsync();
        await (await admin.PostAsJsonAsync(Domains, new { name = "raced.example" }, Token)).ReadAsync(HttpStatusCode.Created);
        using var read = await admin.GetAsync($"{Domains}/raced.example", Token);
        var old = read.Headers.ETag!.Tag;

        using var first = await ConditionallyAsync(admin, HttpMethod.Patch, "domains/raced.example", old, new { status = "moderated" });
        using var second = await ConditionallyAsync(admin, HttpMethod.Patch, "domains/raced.example", old, new { status = "verified" });
        using var deleted = await ConditionallyAsync(admin, HttpMethod.Delete, "domains/raced.example", old);

        Assert.Equal("moderated", (await first.ReadAsync(HttpStatusCode.OK)).GetProperty("domain").GetProperty("status").GetString());
        Assert.Equal(first.Headers.ETag!.Tag, $"\"{(await second.ReadAsync(HttpStatusCode.PreconditionFailed)).GetProperty("version").GetString()}\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ConditionallyAsync(admin, HttpMethod.Delete, "domains/raced.example", first.Headers.ETag.Tag)).StatusCode);
        await (await ConditionallyAsync(admin, HttpMethod.Delete, "domains/raced.example", old)).ReadProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_was_made_may_be_changed_by_the_version_it_was_answered_with()
    {
        using var admin = await AdminAsync();
        foreach (var (kind, body, path, change) in (IEnumerable<(string, object, string, object)>)
        [
            ("users", new { email = "new@example.org" }, "users/new@example.org", new { username = "brand-new" }),
            ("roles", new { name = "brand-new" }, "roles/brand-new", new { description = "New." }),
            ("domains", new { name = "new.example" }, "domains/new.example", new { status = "moderated" }),
        ])
        {
            using var made = await admin.PostAsJsonAsync($"/api/admin/{kind}", body, Token);
            using var changed = await ConditionallyAsync(admin, HttpMethod.Patch, path, made.Headers.ETag!.Tag, change);

            Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (made.StatusCode, changed.StatusCode));
            Assert.NotEqual(made.Headers.ETag, changed.Headers.ETag);
        }
    }

    [Fact]
    public async Task What_has_no_version_meets_none()
    {
        using var admin = await AdminAsync();
        var category = (await (await admin.PostAsJsonAsync("/api/admin/domain-categories", new { name = "unversioned" }, Token)).ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetInt64();

        Assert.Contains("has none", await (await ConditionallyAsync(admin, HttpMethod.Delete, $"domain-categories/{category}", "\"any\"")).ReadProblemAsync(HttpStatusCode.PreconditionFailed));
        var answer = await (await ConditionallyAsync(admin, HttpMethod.Delete, $"domain-categories/{category}", "*")).ReadAsync(HttpStatusCode.OK);

        Assert.True(answer.GetProperty("changed").GetBoolean());
    }

    [Fact]
    public async Task A_change_that_was_made_before_says_that_it_changed_nothing()
    {
        using var admin = await AdminAsync();
        var path = $"/api/admin/users/{(await host.MakeUserAsync("twice@example.org")).Id}/verify";

        var first = await (await admin.PostAsync(path, null, Token)).ReadAsync(HttpStatusCode.OK);
        var second = await (await admin.PostAsync(path, null, Token)).ReadAsync(HttpStatusCode.OK);

        Assert.Equal((true, false), (first.GetProperty("changed").GetBoolean(), second.GetProperty("changed").GetBoolean()));
    }

    [Fact]
    public async Task A_user_or_role_changed_meanwhile_is_not_deleted_by_an_old_version()
    {
        using var admin = await AdminAsync();
        var user = await host.MakeUserAsync("raced@example.org");
        await (await admin.PostAsJsonAsync("/api/admin/roles", new { name = "raced" }, Token)).ReadAsync(HttpStatusCode.Created);

        foreach (var (path, change) in (IEnumerable<(string, object)>)[($"users/{user.Id}", new { username = "raced" }), ("roles/raced", new { description = "Raced." })])
        {
            using var read = await admin.GetAsync($"/api/admin/{path}", Token);
            using var changed = await ConditionallyAsync(admin, HttpMethod.Patch, path, read.Headers.ETag!.Tag, change);
            using var lost = await ConditionallyAsync(admin, HttpMethod.Delete, path, read.Headers.ETag.Tag);
            using var won = await ConditionallyAsync(admin, HttpMethod.Delete, path, changed.Headers.ETag!.Tag);

            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.OK), (changed.StatusCode, lost.StatusCode, won.StatusCode));
        }
    }

    [Fact]
    public async Task Whoever_got_or_lost_a_role_since_they_were_read_is_not_deleted()
    {
        using var admin = await AdminAsync();
        var path = $"users/{(await host.MakeUserAsync("promoted@example.org")).Id}";
        await (await admin.PostAsJsonAsync("/api/admin/roles", new { name = "promoted" }, Token)).ReadAsync(HttpStatusCode.Created);

        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Delete })
        {
            using var read = await admin.GetAsync($"/api/admin/{path}", Token);
            using var moved = await ConditionallyAsync(admin, method, $"{path}/roles/promoted", read.Headers.ETag!.Tag);
            using var late = await ConditionallyAsync(admin, HttpMethod.Delete, path, read.Headers.ETag.Tag);

            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PreconditionFailed), (moved.StatusCode, late.StatusCode));
        }
    }

    [Theory]
    [InlineData("POST", "activate")]
    [InlineData("POST", "deactivate")]
    [InlineData("POST", "block")]
    [InlineData("POST", "verify")]
    [InlineData("POST", "unverify")]
    [InlineData("POST", "confirm-email")]
    [InlineData("POST", "reset-password")]
    [InlineData("POST", "roles/admin")]
    [InlineData("DELETE", "roles/admin")]
    [InlineData("DELETE", "second-factor")]
    [InlineData("DELETE", "passkeys/any")]
    public async Task Nothing_is_done_to_a_user_who_was_changed_since_they_were_read(string method, string what)
    {
        using var admin = await AdminAsync();
        var user = await host.MakeUserAsync($"seen{Interlocked.Increment(ref made)}@example.org", isActive: what is not "activate", isConfirmed: what is not "confirm-email");
        using var read = await admin.GetAsync($"/api/admin/users/{user.Id}", Token);
        var (path, old) = ($"users/{user.Id}", read.Headers.ETag!.Tag);
        using var changed = await ConditionallyAsync(admin, HttpMethod.Patch, path, old, new { username = $"seen-{user.Id}" });
        var (now, seen) = (changed.Headers.ETag!.Tag, await changed.ReadAsync(HttpStatusCode.OK));

        using var late = await ConditionallyAsync(admin, new HttpMethod(method), $"{path}/{what}", old);
        using var weak = await ConditionallyAsync(admin, new HttpMethod(method), $"{path}/{what}", $"W/{now}");
        var untouched = await (await admin.GetAsync($"/api/admin/{path}", Token)).ReadAsync(HttpStatusCode.OK);
        using var right = await ConditionallyAsync(admin, new HttpMethod(method), $"{path}/{what}", $"{old}, {now}");
        using var whatever = await ConditionallyAsync(admin, new HttpMethod(method), $"{path}/{what}", "*");

        Assert.Equal((HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed), (late.StatusCode, weak.StatusCode));
        Assert.Equal(now, $"\"{(await late.ReadAsync(HttpStatusCode.PreconditionFailed)).GetProperty("version").GetString()}\"");
        Assert.Equal(seen.GetRawText(), untouched.GetRawText());
        Assert.True(right.IsSuccessStatusCode && (whatever.IsSuccessStatusCode || what is "reset-password"), $"{right.StatusCode}, {whatever.StatusCode}");
    }

    /// <summary>Whichever comes first: the version is looked at where the row is held, so that two never find the same one.</summary>
    [Theory]
    [InlineData("users/contested@example.org")]
    [InlineData("roles/contested")]
    [InlineData("domains/contested.example")]
    public async Task Of_writers_who_read_the_same_version_one_wins_at_once(string path)
    {
        const int Writers = 4;
        using var admin = await AdminAsync();
        _ = path[0] switch
        {
            'u' => (object)await host.MakeUserAsync("contested@example.org"),
            'r' => await (await admin.PostAsJsonAsync("/api/admin/roles", new { name = "contested" }, Token)).ReadAsync(HttpStatusCode.Created),
            _ => await (await admin.PostAsJsonAsync(Domains, new { name = "contested.example" }, Token)).ReadAsync(HttpStatusCode.Created),
        };
        using var read = await admin.GetAsync($"/api/admin/{path}", Token);
        object Change(int writer) => path[0] switch
        {
            'u' => new { username = $"contested-{writer}" },
            'r' => new { description = $"Of writer {writer}." },
            _ => new { flagged = true, flag_source = $"writer {writer}" },
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => ConditionallyAsync(admin, HttpMethod.Patch, path, read.Headers.ETag!.Tag, Change(writer))));

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed],
            answers.Select(answer => answer.StatusCode).Order());
        var winner = answers.Single(answer => answer.StatusCode is HttpStatusCode.OK);
        using var now = await admin.GetAsync($"/api/admin/{path}", Token);
        Assert.Equal(winner.Headers.ETag, now.Headers.ETag);
    }

    [Fact]
    public async Task An_organisation_changed_meanwhile_is_neither_changed_nor_deleted_by_an_old_version()
    {
        using var admin = await AdminAsync();
        var made = await (await admin.PostAsJsonAsync("/api/admin/organisations", new { name = "Raced" }, Token)).ReadAsync(HttpStatusCode.Created);
        var (path, old) = ($"organisations/{made.GetProperty("id")}", $"\"{made.GetProperty("version").GetString()}\"");

        using var first = await ConditionallyAsync(admin, HttpMethod.Put, path, old, new { name = "Raced first" });
        using var second = await ConditionallyAsync(admin, HttpMethod.Put, path, old, new { name = "Raced second" });
        using var deleted = await ConditionallyAsync(admin, HttpMethod.Delete, path, old);

        Assert.Equal($"\"{(await first.ReadAsync(HttpStatusCode.OK)).GetProperty("version").GetString()}\"", first.Headers.ETag!.Tag);
        Assert.Equal(first.Headers.ETag.Tag, $"\"{(await second.ReadAsync(HttpStatusCode.PreconditionFailed)).GetProperty("version").GetString()}\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await ConditionallyAsync(admin, HttpMethod.Delete, path, first.Headers.ETag.Tag)).StatusCode);
    }

    private static Task<HttpResponseMessage> ConditionallyAsync(HttpClient client, HttpMethod method, string path, string version, object? body = null) =>
        client.SendAsync(new HttpRequestMessage(method, $"/api/admin/{path}") { Content = body is null ? null : JsonContent.Create(body), Headers = { { "If-Match", version } } }, Token);
}
