using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;

namespace Portal.Tests.Web.Api;

/// <summary>What the page of a user does, done by programs.</summary>
public sealed partial class AdminUsersApiTests
{
    [Fact]
    public async Task An_address_is_confirmed_trust_is_taken_back_and_a_lost_passkey_removed()
    {
        using var admin = await AdminAsync();
        var user = await host.MakeUserAsync("waiting@example.org", isConfirmed: false);
        await using (var context = await host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(Token))
        {
            context.UserPasskeys.Add(new UserPasskey { UserId = user.Id, CredentialId = [1, 2], Data = new() { PublicKey = [3], Name = "Lost laptop", AttestationObject = [], ClientDataJson = [] } });
            await context.SaveChangesAsync(Token);
        }

        using var confirmed = await admin.PostAsync($"/api/admin/users/{user.Id}/confirm-email", content: null, Token);
        using var verified = await admin.PostAsync($"/api/admin/users/{user.Id}/verify", content: null, Token);
        using var unverified = await admin.PostAsync($"/api/admin/users/{user.Id}/unverify", content: null, Token);
        var shown = await (await admin.GetAsync($"/api/admin/users/{user.Id}", Token)).ReadAsync(HttpStatusCode.OK);
        var passkey = Assert.Single(shown.GetProperty("passkeys").EnumerateArray());
        using var removed = await admin.DeleteAsync($"/api/admin/users/{user.Id}/passkeys/{passkey.GetProperty("id").GetString()}?reason=lost", Token);

        Assert.All([confirmed, verified, unverified, removed], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.NotEqual(JsonValueKind.Null, shown.GetProperty("confirmed_at").ValueKind);
        Assert.Equal(
            (JsonValueKind.Null, "Lost laptop", true, JsonValueKind.Null),
            (shown.GetProperty("verified_at").ValueKind, passkey.GetProperty("name").GetString(), shown.GetProperty("has_password").GetBoolean(), shown.GetProperty("second_factor_since").ValueKind));
        Assert.Empty((await (await admin.GetAsync($"/api/admin/users/{user.Id}", Token)).ReadAsync(HttpStatusCode.OK)).GetProperty("passkeys").EnumerateArray());
        var log = await host.Services.GetRequiredService<IEventAdmin>().ListAsync(new AuditFilter { SubjectId = user.Id, Kinds = [AuditKind.PasskeyRemoved] }, cancellationToken: Token);
        Assert.Equal("lost", Assert.Single(log.Results).Details["reason"].GetString());
    }

    [Fact]
    public async Task Whoever_gives_no_address_is_asked_for_one()
    {
        using var admin = await AdminAsync();
        using var stranger = host.Anonymous();

        using var invited = await admin.PostAsJsonAsync("/api/admin/users", new { }, Token);
        using var registered = await stranger.PostAsJsonAsync("/api/register", new { email = " ", password = ApiHost.Password }, Token);
        using var mistyped = await admin.PostAsJsonAsync("/api/admin/users", new { email = "nobody" }, Token);

        Assert.Equal(
            ["Enter your email address.", "Enter your email address.", "This is not an email address. Write it like name@example.org."],
            [await SaidAsync(invited), await SaidAsync(registered), await SaidAsync(mistyped)]);

        static async Task<string> SaidAsync(HttpResponseMessage answer) => (await answer.ReadAsync(HttpStatusCode.BadRequest)).GetProperty("errors").EnumerateArray()
            .Single(error => error.GetProperty("field").GetString() == "email").GetProperty("message").GetString()!;
    }

    [Fact]
    public async Task Who_is_invited_by_a_form_gets_the_roles_it_names_and_each_role_tells_its_members()
    {
        using var admin = await AdminAsync();
        foreach (var name in (string[])["form-one", "form-two"])
        {
            await (await admin.PostAsJsonAsync("/api/admin/roles", new { name }, Token)).ReadAsync(HttpStatusCode.Created);
        }

        var user = await (await admin.PostAsync(
            "/api/admin/users", new FormUrlEncodedContent([new("email", "by-form@example.org"), new("roles", "form-one"), new("roles", "form-two")]), Token)).ReadAsync(HttpStatusCode.Created);

        Assert.Equal(["form-one", "form-two"], user.GetProperty("roles").EnumerateArray().Select(role => role.GetProperty("name").GetString()));
        Assert.True(user.GetProperty("invited").GetBoolean());
        var members = await (await admin.GetAsync("/api/admin/roles/form-two/members", Token)).ReadAsync(HttpStatusCode.OK);
        Assert.Equal(user.GetProperty("id").GetInt64(), Assert.Single(members.GetProperty("results").EnumerateArray()).GetProperty("id").GetInt64());
        await (await admin.GetAsync("/api/admin/roles/nosuch/members", Token)).ReadProblemAsync(HttpStatusCode.NotFound);
    }
}
