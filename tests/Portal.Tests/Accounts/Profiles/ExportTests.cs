using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Profiles;
using Portal.Accounts.Sessions;
using Portal.Testing;

namespace Portal.Tests.Accounts.Profiles;

public sealed class ExportTests(OwnAccountHost shared) : IClassFixture<OwnAccountHost>
{
    private readonly PortalHost _host = shared.Host;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IPrivacyService Privacy => _host.Get<IPrivacyService>();

    [Fact]
    public async Task The_export_is_one_document_about_the_person_and_nobody_else()
    {
        var (user, person) = await _host.NewPersonAsync();
        var (other, _) = await _host.NewPersonAsync();
        await _host.Get<IRoleAdmin>().AddAsync(user.Email, "admin", Operator.CommandLine, Token);
        await _host.Get<IUserAdmin>().DeactivateAsync(other.Email, Operator.Of(person), Token);

        var document = await ExportAsync(person);

        Assert.Equal((user.Id, user.Email), ((long)document["account"]!["id"]!, (string?)document["account"]!["email"]));
        Assert.Equal("restricted", (string?)document["preferences"]!["visibility"]);
        var session = Assert.Single(document["sessions"]!.AsArray())!;
        Assert.Equal((person.SessionId(), true, "Firefox"), ((string?)session["id"], (bool)session["is_current"]!, (string?)session["browser"]));
        Assert.DoesNotContain(other.Email, document.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_of_the_account_is_in_it()
    {
        var (user, person) = await _host.NewPersonAsync();
        var row = (await _host.FindAsync(user.Id))!;
        await _host.QueryAsync(async context =>
        {
            context.UserTokens.Add(new() { UserId = user.Id, LoginProvider = "portal", Name = "authenticator", Value = "the-seed" });
            return await context.SaveChangesAsync(Token);
        });
        var keys = await _host.QueryAsync(context => context.Sessions.Where(session => session.UserId == user.Id).Select(session => session.KeyHash!).ToListAsync(Token));

        var text = (await ExportAsync(person)).ToJsonString();

        foreach (var secret in new[] { row.PasswordHash!, row.SecurityStamp!, "the-seed", Convert.ToBase64String(keys[0]) })
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }

        Assert.Contains("\"authenticator\"", text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task A_session_that_proved_itself_long_ago_exports_nothing()
    {
        var (user, person) = await _host.NewPersonAsync();
        Assert.False(await Privacy.NeedsRecentAuthenticationAsync(person, Token));
        await _host.AgeAsync(person);

        Assert.IsType<ExportOutcome.NeedsRecentAuthentication>(await Privacy.ExportAsync(person, Token));
        Assert.True(await Privacy.NeedsRecentAuthenticationAsync(person, Token));
        Assert.DoesNotContain("data-exported", await _host.EventsOfAsync(user.Id));
    }

    [Fact]
    public async Task An_ended_session_exports_nothing()
    {
        var (_, person) = await _host.NewPersonAsync();
        await _host.EndSessionAsync(person.SessionId()!, Token);

        Assert.IsType<ExportOutcome.Gone>(await Privacy.ExportAsync(person, Token));
        Assert.IsType<ExportOutcome.Gone>(await Privacy.ExportAsync(new ClaimsPrincipal(), Token));
        Assert.True(await Privacy.NeedsRecentAuthenticationAsync(person, Token));
    }

    [Fact]
    public async Task The_export_is_noted_before_it_is_written_and_named_after_the_day()
    {
        var (user, person) = await _host.NewPersonAsync();

        var ready = Assert.IsType<ExportOutcome.Ready>(await Privacy.ExportAsync(person, Token));

        Assert.Equal($"my-account-{_host.Clock.GetUtcNow():yyyy-MM-dd}.json", ready.FileName);
        Assert.Equal("data-exported", (await _host.EventsOfAsync(user.Id))[^1]);
    }

    [Fact]
    public async Task What_an_operator_did_to_the_account_is_told_without_who_and_from_where()
    {
        var (user, person) = await _host.NewPersonAsync();
        var (operatorUser, operatorPerson) = await _host.NewPersonAsync();
        await AuditAsync(new AuditEntry(AuditKind.RoleGiven, user.Id)
        {
            ActorId = operatorUser.Id,
            SessionId = operatorPerson.SessionId(),
            Details = new Dictionary<string, object?> { ["role"] = "editor" },
        });

        var document = await ExportAsync(person);
        var theirs = document["events"]!.AsArray().Single(row => (string?)row!["kind"] == "role-given")!;
        var own = (await ExportAsync(operatorPerson))["actions"]!.AsArray().Single(row => (string?)row!["kind"] == "role-given")!;

        Assert.Equal(("somebody else", "editor", null, null), ((string?)theirs["by"], (string?)theirs["details"]!["role"], (string?)theirs["ip"], (string?)theirs["details"]!["browser"]));
        Assert.DoesNotContain(operatorPerson.SessionId()!, document.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(("127.0.0.1", null), ((string?)own["ip"], own["details"]));
        Assert.Equal(["id", "at", "kind", "by", "session_id", "ip", "details"], own.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task Events_are_all_there_however_many()
    {
        var (user, person) = await _host.NewPersonAsync();
        await _host.QueryAsync(async context =>
        {
            for (var i = 0; i < 1_234; i++)
            {
                context.AuditEvents.Add(new AuditEvent { Kind = "profile-changed", SubjectId = user.Id, ActorId = user.Id, At = _host.Clock.GetUtcNow() });
            }

            return await context.SaveChangesAsync(Token);
        });

        var kinds = (await ExportAsync(person))["events"]!.AsArray().Select(row => (string?)row!["kind"]);

        Assert.Equal(1_234, kinds.Count(kind => kind == "profile-changed"));
    }

    [Fact]
    [Trait("ASVS", "6.3.8")]
    public async Task The_export_does_not_tell_whether_an_address_asked_for_is_taken()
    {
        var (_, first) = await _host.NewPersonAsync();
        var (_, second) = await _host.NewPersonAsync();
        var (owner, _) = await _host.NewPersonAsync();
        await _host.Get<IEmailChangeService>().RequestAsync(first, "nobodys@example.org", Token);
        await _host.Get<IEmailChangeService>().RequestAsync(second, owner.Email, Token);

        var free = await ExportAsync(first);
        var taken = await ExportAsync(second);

        foreach (var section in new[] { "mails", "links", "events" })
        {
            Assert.Equal(free[section]!.AsArray().Select(KindOf), taken[section]!.AsArray().Select(KindOf));
        }

        static string? KindOf(JsonNode? row) => (string?)(row!["kind"] ?? row["purpose"]);
    }

    private async Task<JsonNode> ExportAsync(ClaimsPrincipal person) => await ExportedDocument.OfAsync(_host, person);

    private Task<int> AuditAsync(AuditEntry entry) => _host.QueryAsync(async context =>
    {
        await _host.Get<AuditLog>().AddAsync(context, entry, Token);
        return await context.SaveChangesAsync(Token);
    });
}
