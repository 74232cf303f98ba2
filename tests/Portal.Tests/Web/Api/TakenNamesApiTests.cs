using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Tests.Web.Api;

/// <summary>What another has already is a conflict, told by its field, wherever administrators name something.</summary>
public sealed class TakenNamesApiTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private const string Administrator = "anne@example.org";

    private HttpClient _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var (users, roles) = (host.Services.GetRequiredService<IUserAdmin>(), host.Services.GetRequiredService<IRoleAdmin>());
        if (await users.FindAsync(Administrator, Token) is null)
        {
            await host.MakeUserAsync(Administrator);
            await roles.AddAsync(Administrator, RoleNames.Administrator, Operator.CommandLine, Token);
        }

        _admin = await host.SignedInAsync(Administrator);
    }

    public ValueTask DisposeAsync()
    {
        _admin.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_role_gets_no_name_that_another_has()
    {
        await (await _admin.PostAsJsonAsync("/api/admin/roles", new { name = "editors" }, Token)).ReadAsync(HttpStatusCode.Created);
        await (await _admin.PostAsJsonAsync("/api/admin/roles", new { name = "curators" }, Token)).ReadAsync(HttpStatusCode.Created);

        Assert.Equal(["name"], await FieldsAsync(HttpMethod.Post, "roles", new { name = "EDITORS" }));
        Assert.Equal(["name"], await FieldsAsync(HttpMethod.Patch, "roles/curators", new { name = "EDITORS" }));
        await (await _admin.GetAsync("/api/admin/roles/curators", Token)).ReadAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_user_gets_neither_address_nor_username_that_another_has()
    {
        await host.MakeUserAsync("grace@example.org", userName: "grace");
        await host.MakeUserAsync("ada@example.org", userName: "ada");

        Assert.Equal(["email"], await FieldsAsync(HttpMethod.Post, "users", new { email = "GRACE@example.org" }));
        Assert.Equal(["username"], await FieldsAsync(HttpMethod.Post, "users", new { email = "new@example.org", username = "Grace" }));
        Assert.Equal(["email"], await FieldsAsync(HttpMethod.Patch, "users/ada", new { email = "GRACE@example.org" }));
        Assert.Equal(["email", "username"], (await FieldsAsync(HttpMethod.Patch, "users/ada", new { email = "GRACE@example.org", username = "Grace" })).Order());
        Assert.Equal("ada@example.org", (await (await _admin.GetAsync("/api/admin/users/ada", Token)).ReadAsync(HttpStatusCode.OK)).GetProperty("email").GetString());
        // One fault that is no conflict is enough to look at them all again.
        Assert.Equal(["email", "username"], (await FieldsAsync(HttpMethod.Patch, "users/ada", new { email = "GRACE@example.org", username = "/" }, HttpStatusCode.BadRequest)).Order());
    }

    [Fact]
    public async Task An_organisation_gets_no_identifier_that_another_has()
    {
        var other = (await (await _admin.PostAsJsonAsync("/api/admin/organisations", new { name = "Physics", identifier = "https://ror.org/1" }, Token)).ReadAsync(HttpStatusCode.Created))
            .GetProperty("id").GetInt64();
        await (await _admin.PostAsJsonAsync("/api/admin/organisations", new { name = "Astronomy", identifier = "https://ror.org/2" }, Token)).ReadAsync(HttpStatusCode.Created);

        Assert.Equal(["identifier"], await FieldsAsync(HttpMethod.Post, "organisations", new { name = "Chemistry", identifier = "https://ror.org/2" }));
        Assert.Equal(["identifier"], await FieldsAsync(HttpMethod.Put, $"organisations/{other}", new { name = "Physics", identifier = "https://ror.org/2" }));
    }

    private async Task<IReadOnlyList<string>> FieldsAsync(HttpMethod method, string path, object body, HttpStatusCode expected = HttpStatusCode.Conflict)
    {
        using var request = new HttpRequestMessage(method, $"/api/admin/{path}") { Content = JsonContent.Create(body) };
        using var answer = await _admin.SendAsync(request, Token);
        // Who loses a race is told the version of now, and sends it again with that.
        Assert.DoesNotContain("\"version\"", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        return await answer.ReadFieldsAsync(expected);
    }
}
