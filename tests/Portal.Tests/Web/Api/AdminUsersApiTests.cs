using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Data;
using Portal.Tests.Web.Cli;

namespace Portal.Tests.Web.Api;

public sealed partial class AdminUsersApiTests(ApiHost host) : IClassFixture<ApiHost>
{
    private static int made;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Endpoints => new(
        ("GET", "users"), ("POST", "users"), ("GET", "users/1"), ("PATCH", "users/1"), ("DELETE", "users/1"),
        ("POST", "users/1/activate"), ("POST", "users/1/deactivate"), ("POST", "users/1/block"), ("POST", "users/1/verify"), ("POST", "users/1/reset-password"),
        ("DELETE", "users/1/second-factor"), ("POST", "users/1/roles/admin"), ("DELETE", "users/1/roles/admin"),
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
        Assert.Equal(["email"], await twice.ReadFieldsAsync(HttpStatusCode.Conflict));
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

        using var unknown = await PatchAsync(admin, user.Id, new { active = false, username = "other" }, null);
        using var odd = await PatchAsync(admin, user.Id, new { username = "other", email = 7 }, null);
        using var missing = await admin.GetAsync("/api/admin/users/999999", Token);
        using var gone = await admin.PostAsync("/api/admin/users/999999/activate", content: null, Token);

        Assert.Equal(["active"], await unknown.ReadFieldsAsync());
        Assert.Equal(["email"], await odd.ReadFieldsAsync());
        Assert.Equal(user.UserName, (await host.Services.GetRequiredService<IUserAdmin>().FindAsync(user.Email, Token))!.UserName);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task The_last_sign_in_is_the_same_in_the_list_alone_and_on_the_command_line()
    {
        using var admin = await AdminAsync();
        var user = await MakeAsync();
        using var cli = new CommandLine(host.DataDirectory);

        (await host.SignedInAsync(user.Email)).Dispose();
        var first = await AloneAsync();
        (await host.SignedInAsync(user.Email)).Dispose();
        var second = await AloneAsync();

        Assert.True(second > first);
        var listed = await (await admin.GetAsync($"/api/admin/users?q={user.Email}", Token)).ReadAsync(HttpStatusCode.OK);
        Assert.Equal(second, Assert.Single(listed.GetProperty("results").EnumerateArray()).GetProperty("last_login_at").GetDateTimeOffset());
        Assert.Equal(second, (await cli.JsonAsync("users", "show", user.Email)).GetProperty("last_login_at").GetDateTimeOffset());

        async Task<DateTimeOffset> AloneAsync() =>
            (await (await admin.GetAsync($"/api/admin/users/{user.Id}", Token)).ReadAsync(HttpStatusCode.OK)).GetProperty("last_login_at").GetDateTimeOffset();
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
    public async Task Users_are_searched_narrowed_sorted_and_paged()
    {
        using var admin = await AdminAsync();
        var (anna, bert, cleo) = (
            await host.MakeUserAsync("anna@list.example", userName: "list-anna"),
            await host.MakeUserAsync("bert@list.example", isActive: false),
            await host.MakeUserAsync("cleo@list.example", isConfirmed: false));
        await Users.MoveAsync($"{anna.Id}", UserMove.Verify, reason: null, Operator.CommandLine, Token);
        await host.Services.GetRequiredService<IRoleAdmin>().CreateAsync("list-role", null, Operator.CommandLine, Token);
        await host.Services.GetRequiredService<IRoleAdmin>().AddAsync(anna.Email, "list-role", Operator.CommandLine, Token);

        Assert.Equal([anna.Id, bert.Id, cleo.Id], await FindAsync("domain=List.Example"));
        Assert.Equal([cleo.Id, bert.Id, anna.Id], await FindAsync("domain=list.example&sort=-created"));
        Assert.Equal([anna.Id], await FindAsync("q=list-an"));
        Assert.Equal([bert.Id], await FindAsync("domain=list.example&state=inactive&verified=&locked="));
        Assert.Equal([anna.Id], await FindAsync("domain=list.example&verified=true"));
        Assert.Empty(await FindAsync("domain=list.example&second_factor=true"));
        Assert.Equal([anna.Id, bert.Id, cleo.Id], await FindAsync("domain=list.example&second_factor=false"));
        Assert.Empty(await FindAsync("domain=list.example&locked=true"));
        Assert.Empty(await FindAsync("domain=list.example&online=true"));
        Assert.Equal([anna.Id], await FindAsync("role=list-role"));
        Assert.Equal([cleo.Id], await FindAsync("domain=list.example&size=2&page=2"));

        var first = await (await admin.GetAsync("/api/admin/users?domain=list.example&size=2", Token)).ReadAsync(HttpStatusCode.OK);
        Assert.Equal((3, true), (first.GetProperty("total").GetInt32(), first.GetProperty("total_is_exact").GetBoolean()));
        Assert.Equal([cleo.Id], await FindAsync($"domain=list.example&size=2&after={first.GetProperty("next").GetString()}"));
        var row = first.GetProperty("results")[0];
        Assert.Equal(
            ("anna@list.example", "list-anna", "active", true, false, "list-role"),
            (row.GetProperty("email").GetString(), row.GetProperty("username").GetString(), row.GetProperty("state").GetString(), row.GetProperty("verified").GetBoolean(), row.GetProperty("second_factor").GetBoolean(), row.GetProperty("roles")[0].GetProperty("name").GetString()));

        async Task<IEnumerable<long>> FindAsync(string query)
        {
            var page = await (await admin.GetAsync($"/api/admin/users?{query}", Token)).ReadAsync(HttpStatusCode.OK);
            return page.GetProperty("results").EnumerateArray().Select(user => user.GetProperty("id").GetInt64());
        }
    }

    [Fact]
    public async Task What_no_list_of_users_can_be_is_told_by_the_fields_name()
    {
        using var admin = await AdminAsync();

        Assert.Equal(
            ["state", "second_factor", "sort", "size", "page", "verified", "locked", "online"],
            await (await admin.GetAsync("/api/admin/users?state=1&second_factor=yes&sort=shoe-size&size=0&page=x&verified=yes&locked=1&online=no", Token)).ReadFieldsAsync());
        Assert.Equal(["page"], await (await admin.GetAsync("/api/admin/users?page=10002&size=1", Token)).ReadFieldsAsync());
        // Together the numbers of two states are that of a third.
        Assert.Equal(["state"], await (await admin.GetAsync("/api/admin/users?state=unconfirmed,inactive", Token)).ReadFieldsAsync());
        Assert.Equal(["state"], await (await admin.GetAsync("/api/admin/users?state=%2B1", Token)).ReadFieldsAsync());
        // What cannot leave the others must not seem to.
        Assert.Equal(["verified", "locked", "online"], await (await admin.GetAsync("/api/admin/users?verified=false&locked=false&online=false", Token)).ReadFieldsAsync());
    }

    [Fact]
    [Trait("ASVS", "6.4.4")]
    [Trait("ASVS", "7.5.3")]
    public async Task A_lost_second_factor_is_taken_by_who_proved_it_of_late_and_from_somebody_else()
    {
        var user = await MakeAsync();
        using var theirs = await host.SignedInAsync(user.Email);
        using var admin = await AdminAsync();
        var path = $"/api/admin/users/{user.Id}/second-factor";
        await using var context = await host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token);
        var now = host.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        context.Authenticators.Add(new Authenticator { UserId = user.Id, Key = host.Services.GetRequiredService<Authenticators>().Protect(Totp.NewKey()), ConfirmedAt = now });
        await context.SaveChangesAsync(Token);

        await (await theirs.DeleteAsync(path, Token)).ReadProblemAsync(HttpStatusCode.Forbidden);
        await host.ProvedLongAgoAsync((await (await admin.GetAsync("/api/me", Token)).ReadAsync(HttpStatusCode.OK)).GetProperty("id").GetInt64());
        await (await admin.DeleteAsync($"{path}?reason=lost", Token)).ReadProblemAsync(HttpStatusCode.Forbidden);
        Assert.NotNull((await Users.DetailsAsync($"{user.Id}", Token))!.AppSince);
        (await admin.PostAsJsonAsync("/api/confirm-password", new { password = ApiHost.Password }, Token)).EnsureSuccessStatusCode();
        await ApiHost.SendTokenAsync(admin);
        Assert.Equal(1, (await (await admin.DeleteAsync($"{path}?reason=lost", Token)).ReadAsync(HttpStatusCode.OK)).GetProperty("ended").GetInt32());

        Assert.Null((await Users.DetailsAsync($"{user.Id}", Token))!.AppSince);
        await (await admin.DeleteAsync("/api/admin/users/999999/second-factor", Token)).ReadProblemAsync(HttpStatusCode.NotFound);
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
