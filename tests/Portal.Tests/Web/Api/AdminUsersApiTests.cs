using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;

namespace Portal.Tests.Web.Api;

public sealed class AdminUsersApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static int made;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Endpoints => new(
        ("POST", "users"), ("GET", "users/1"), ("PATCH", "users/1"), ("DELETE", "users/1"),
        ("POST", "users/1/activate"), ("POST", "users/1/deactivate"), ("POST", "users/1/block"), ("POST", "users/1/verify"), ("POST", "users/1/reset-password"),
        ("POST", "users/1/roles/admin"), ("DELETE", "users/1/roles/admin"),
        ("GET", "roles"), ("POST", "roles"), ("GET", "roles/1"), ("PATCH", "roles/1"), ("DELETE", "roles/1"));

    [Theory]
    [MemberData(nameof(Endpoints))]
    [Trait("ASVS", "8.2.1")]
    public async Task Whoever_does_not_administer_is_refused_everywhere(string method, string path)
    {
        using var plain = await host.SignedInAsync((await MakeAsync()).Email);
        using var stranger = host.Anonymous();

        using var refused = await SendAsync(plain, method, path);
        using var unknown = await SendAsync(stranger, method, path);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
    }

    [Fact]
    [Trait("ASVS", "6.4.6")]
    public async Task An_invited_person_is_told_of_by_their_address_and_nobody_sets_their_password()
    {
        using var admin = await AdminAsync();

        using var made = await admin.PostAsJsonAsync("/api/admin/users", new { email = "rest-invited@example.org", username = "rest-invited", profile = new { full_name = "A Name" } }, Token);
        using var withPassword = await admin.PostAsJsonAsync("/api/admin/users", new { email = "other@example.org", password = ApiHost.Password }, Token);
        using var twice = await admin.PostAsJsonAsync("/api/admin/users", new { email = "rest-invited@example.org" }, Token);

        var user = await made.ReadAsync(HttpStatusCode.Created);
        Assert.Equal($"/api/admin/users/{user.GetProperty("id").GetInt64()}", made.Headers.Location!.OriginalString);
        Assert.Equal((JsonValueKind.Null, "A Name"), (user.GetProperty("confirmed_at").ValueKind, user.GetProperty("profile").GetProperty("full_name").GetString()));
        Assert.Equal(["password"], await withPassword.ReadFieldsAsync());
        Assert.Equal(["email"], await twice.ReadFieldsAsync());
    }

    [Fact]
    public async Task A_lost_race_answers_412_with_what_is_there_and_what_was_sent()
    {
        using var admin = await AdminAsync();
        var user = await MakeAsync();
        using var read = await admin.GetAsync($"/api/admin/users/{user.Id}", Token);
        var old = read.Headers.ETag!;

        using var first = await PatchAsync(admin, user.Id, new { profile = new { full_name = "First" } }, old);
        using var second = await PatchAsync(admin, user.Id, new { profile = new { full_name = "Second" } }, old);
        using var third = await PatchAsync(admin, user.Id, new { profile = new { full_name = "Second" } }, first.Headers.ETag);
        using var byBody = await admin.PatchAsJsonAsync($"/api/admin/users/{user.Id}", new { profile = new { full_name = "Third" }, version = old.Tag.Trim('"') }, Token);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        var problem = await second.ReadAsync(HttpStatusCode.PreconditionFailed);
        var changed = Assert.Single(problem.GetProperty("changed").EnumerateArray());
        Assert.Equal(("profile.full_name", "First", "Second"), (changed.GetProperty("field").GetString(), changed.GetProperty("theirs").GetString(), changed.GetProperty("yours").GetString()));
        Assert.Equal(first.Headers.ETag!.Tag, $"\"{problem.GetProperty("version").GetString()}\"");
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, byBody.StatusCode);
    }

    [Fact]
    public async Task What_is_no_field_and_what_is_no_user_is_said()
    {
        using var admin = await AdminAsync();
        var user = await MakeAsync();

        using var unknown = await PatchAsync(admin, user.Id, new { active = false, email = 7 }, null);
        using var missing = await admin.GetAsync("/api/admin/users/999999", Token);
        using var gone = await admin.PostAsync("/api/admin/users/999999/activate", content: null, Token);

        Assert.Equal(["active", "email"], await unknown.ReadFieldsAsync());
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Moves_end_sessions_say_how_many_and_keep_the_reason()
    {
        using var admin = await AdminAsync();
        var user = await MakeAsync();
        using var theirs = await host.SignedInAsync(user.Email);

        using var blocked = await admin.PostAsJsonAsync($"/api/admin/users/{user.Id}/block", new { reason = "misuse" }, Token);
        using var me = await theirs.GetAsync("/api/me", Token);
        using var again = await admin.PostAsync($"/api/admin/users/{user.Id}/block", content: null, Token);
        using var verified = await admin.PostAsync($"/api/admin/users/{user.Id}/verify", content: null, Token);

        Assert.Equal(1, (await blocked.ReadAsync(HttpStatusCode.OK)).GetProperty("ended").GetInt32());
        Assert.Equal(HttpStatusCode.Unauthorized, me.StatusCode);
        Assert.Equal(0, (await again.ReadAsync(HttpStatusCode.OK)).GetProperty("ended").GetInt32());
        Assert.Equal(HttpStatusCode.OK, verified.StatusCode);
        Assert.NotNull((await Users.FindAsync($"{user.Id}", Token))!.VerifiedAt);
        var log = await host.Services.GetRequiredService<IEventAdmin>().ListAsync(new AuditFilter { SubjectId = user.Id }, cancellationToken: Token);
        Assert.Contains(log.Results, happened => happened.Details.TryGetValue("reason", out var reason) && reason.GetString() == "misuse");
    }

    [Fact]
    public async Task Roles_are_given_and_taken_and_an_account_deleted()
    {
        using var admin = await AdminAsync();
        var user = await MakeAsync();
        using var role = await admin.PostAsJsonAsync("/api/admin/roles", new { name = "rest-given", description = "For tests." }, Token);

        using var given = await admin.PostAsync($"/api/admin/users/{user.Id}/roles/rest-given", content: null, Token);
        Assert.Equal("rest-given", Assert.Single((await Users.FindAsync(user.Email, Token))!.Roles).Name);
        using var taken = await admin.DeleteAsync($"/api/admin/users/{user.Id}/roles/rest-given", Token);
        using var reset = await admin.PostAsync($"/api/admin/users/{user.Id}/reset-password", content: null, Token);
        using var deleted = await admin.DeleteAsync($"/api/admin/users/{user.Id}?reason=asked", Token);

        Assert.Equal(HttpStatusCode.Created, role.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (given.StatusCode, taken.StatusCode));
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (reset.StatusCode, deleted.StatusCode));
        Assert.Null(await Users.FindAsync($"{user.Id}", Token));
    }

    [Fact]
    public async Task Roles_are_listed_read_changed_and_deleted()
    {
        using var admin = await AdminAsync();
        using var made = await admin.PostAsJsonAsync("/api/admin/roles", new { name = "rest-listed" }, Token);
        using var twice = await admin.PostAsJsonAsync("/api/admin/roles", new { name = "REST-listed" }, Token);
        var id = (await made.ReadAsync(HttpStatusCode.Created)).GetProperty("id").GetInt64();

        using var list = await admin.GetAsync("/api/admin/roles?q=rest-l&size=1", Token);
        using var one = await admin.GetAsync($"/api/admin/roles/{id}", Token);
        using var changed = await PatchAsync(admin, id, new { description = "Now described." }, one.Headers.ETag, "roles");
        using var lost = await PatchAsync(admin, id, new { description = "Too late." }, one.Headers.ETag, "roles");
        using var protectedRole = await admin.DeleteAsync("/api/admin/roles/admin", Token);
        using var deleted = await admin.DeleteAsync($"/api/admin/roles/{id}", Token);
        using var gone = await admin.GetAsync($"/api/admin/roles/{id}", Token);

        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        var listed = await list.ReadAsync(HttpStatusCode.OK);
        Assert.Equal((1, "rest-listed", 0), (
            listed.GetProperty("total").GetInt32(), listed.GetProperty("results")[0].GetProperty("name").GetString(), listed.GetProperty("results")[0].GetProperty("members").GetInt32()));
        Assert.Equal("Now described.", (await changed.ReadAsync(HttpStatusCode.OK)).GetProperty("description").GetString());
        Assert.Equal(HttpStatusCode.PreconditionFailed, lost.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, protectedRole.StatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (deleted.StatusCode, gone.StatusCode));
    }

    private IUserAdmin Users => host.Services.GetRequiredService<IUserAdmin>();

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path) =>
        client.SendAsync(new HttpRequestMessage(new HttpMethod(method), $"/api/admin/{path}") { Content = method == "GET" ? null : JsonContent.Create(new { }) }, Token);

    private static Task<HttpResponseMessage> PatchAsync(HttpClient client, long id, object body, EntityTagHeaderValue? version, string resource = "users")
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, $"/api/admin/{resource}/{id}") { Content = JsonContent.Create(body) };
        if (version is not null)
        {
            request.Headers.IfMatch.Add(version);
        }

        return client.SendAsync(request, Token);
    }

    private Task<UserInfo> MakeAsync() => host.MakeUserAsync($"rest{Interlocked.Increment(ref made)}@example.org");

    private async Task<HttpClient> AdminAsync()
    {
        var user = await MakeAsync();
        await host.Services.GetRequiredService<IRoleAdmin>().AddAsync(user.Email, RoleNames.Administrator, Operator.CommandLine, Token);
        return await host.SignedInAsync(user.Email);
    }
}
