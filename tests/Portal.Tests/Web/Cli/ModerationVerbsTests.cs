using System.Text.Json;

namespace Portal.Tests.Web.Cli;

public sealed class ModerationVerbsTests : IDisposable
{
    private const string Own = "AQAAAAIAAAPoAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";
    private const string Password = "correct horse battery staple";

    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_user_is_blocked_verified_and_deleted()
    {
        await _cli.JsonAsync("users", "create", "person@example.org", "-ac", "--password", Password);

        var blocked = await _cli.JsonAsync("users", "block", "person@example.org", "--reason", "misuse");
        var again = await _cli.JsonAsync("users", "block", "person@example.org");
        var verified = await _cli.JsonAsync("users", "verify", "person@example.org");
        var deleted = await _cli.JsonAsync("users", "delete", "person@example.org");
        var gone = await _cli.RunAsync("users", "show", "person@example.org");

        Assert.True(blocked.GetProperty("changed").GetBoolean());
        Assert.NotEqual(default, blocked.GetProperty("user").GetProperty("blocked_at").GetDateTimeOffset());
        Assert.False(again.GetProperty("changed").GetBoolean());
        Assert.True(verified.GetProperty("user").GetProperty("active").GetBoolean());
        Assert.True(deleted.GetProperty("changed").GetBoolean());
        Assert.Equal(1, gone.Status);
    }

    [Fact]
    public async Task What_verbs_did_stands_in_the_log_as_the_command_lines()
    {
        await _cli.JsonAsync("users", "create", "person@example.org", "-ac", "--password", Password);
        await _cli.JsonAsync("users", "deactivate", "person@example.org");
        await _cli.JsonAsync("roles", "create", "curator");

        var file = Path.Combine(_cli.DataDirectory, "out.jsonl");
        await _cli.RunAsync("audit", "export", file);

        var log = (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Contains("deactivated", log.Select(line => line.GetProperty("kind").GetString()));
        Assert.All(log, line => Assert.Equal("command-line", line.GetProperty("details").GetProperty("via").GetString()));
    }

    [Fact]
    public async Task A_link_is_sent_only_to_who_may_sign_in()
    {
        await _cli.JsonAsync("users", "create", "person@example.org", "-ac", "--password", Password);
        await _cli.JsonAsync("users", "create", "inactive@example.org", "-c", "--password", Password);

        Assert.True((await _cli.JsonAsync("users", "reset-password", "person@example.org")).GetProperty("changed").GetBoolean());
        Assert.Equal(1, (await _cli.RunAsync("users", "reset-password", "inactive@example.org")).Status);
        Assert.Equal(1, (await _cli.RunAsync("users", "reset-password", "nobody@example.org")).Status);
    }

    [Fact]
    public async Task Somebody_is_invited_changed_confirmed_and_trusted_no_more()
    {
        await _cli.JsonAsync("roles", "create", "curator");

        var invited = await _cli.JsonAsync("users", "invite", "new@example.org", "--role", "curator");
        var edited = await _cli.JsonAsync("users", "edit", "new@example.org", "-u", "newcomer", "--profile", """{"full_name": "New Comer"}""");
        var again = await _cli.JsonAsync("users", "edit", "newcomer", "--profile", """{"full_name": "New Comer"}""");
        var confirmed = await _cli.JsonAsync("users", "confirm-email", "newcomer");
        await _cli.JsonAsync("users", "verify", "newcomer");
        var unverified = await _cli.JsonAsync("users", "unverify", "newcomer");
        var shown = await _cli.JsonAsync("users", "show", "newcomer");

        Assert.Equal("curator", invited.GetProperty("roles")[0].GetProperty("name").GetString());
        Assert.Equal((true, "newcomer", false), (edited.GetProperty("changed").GetBoolean(), edited.GetProperty("user").GetProperty("username").GetString(), again.GetProperty("changed").GetBoolean()));
        Assert.NotEqual(default, confirmed.GetProperty("user").GetProperty("confirmed_at").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Null, unverified.GetProperty("user").GetProperty("verified_at").ValueKind);
        Assert.Equal((false, "new@example.org", 0), (shown.GetProperty("has_password").GetBoolean(), shown.GetProperty("email").GetString(), shown.GetProperty("passkeys").GetArrayLength()));
        Assert.False((await _cli.JsonAsync("users", "remove-passkey", "newcomer", "nosuch")).GetProperty("changed").GetBoolean());
        Assert.Contains("JSON object", (await _cli.RunAsync("users", "edit", "newcomer", "--profile", "[1]")).Failure, StringComparison.Ordinal);
        Assert.Contains("newcomer", (await _cli.RunAsync("roles", "members", "curator")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_waits_is_tried_or_dropped()
    {
        await _cli.JsonAsync("users", "invite", "new@example.org");

        var mail = (await _cli.JsonAsync("mails", "list", "--to", "new@", "--state", "Waiting")).GetProperty("results")[0];
        var id = mail.GetProperty("id").ToString();
        await _cli.JsonAsync("mails", "retry", id);
        var dropped = await _cli.JsonAsync("mails", "drop", id);

        Assert.Equal("givenup", dropped.GetProperty("mail").GetProperty("state").GetString());
        Assert.Equal("This mail is being sent or is over already.", (await _cli.RunAsync("mails", "drop", id)).Failure);
        Assert.Contains("new@example.org", (await _cli.RunAsync("mails", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_is_labelled_and_deleted_and_an_identity_removed()
    {
        await File.WriteAllTextAsync(Path.Combine(_cli.DataDirectory, "one.jsonl"), $$"""{"email": "person@example.org", "password": "{{Own}}", "identities": [{"method": "orcid", "external_id": "0000-0001"}]}""", TestContext.Current.CancellationToken);
        await _cli.JsonAsync("users", "import", Path.Combine(_cli.DataDirectory, "one.jsonl"));
        await _cli.JsonAsync("domains", "create", "labelled.example");

        var edited = await _cli.JsonAsync("domains", "edit", "labelled.example", "--category", "company", "--flagged", "true", "--flag-source", "a reader");
        var shown = await _cli.JsonAsync("domains", "show", "labelled.example");
        var identity = (await _cli.JsonAsync("identities", "list", "--method", "orcid")).GetProperty("results")[0];
        var removed = await _cli.JsonAsync("identities", "remove", identity.GetProperty("id").GetString()!);

        Assert.Equal(("company", true), (shown.GetProperty("category").GetProperty("name").GetString(), shown.GetProperty("flagged").GetBoolean()));
        Assert.Equal(shown.GetRawText(), edited.GetProperty("domain").GetRawText());
        Assert.Contains("mail-provider", (await _cli.RunAsync("domains", "edit", "labelled.example", "--category", "nosuch")).Failure, StringComparison.Ordinal);
        Assert.True((await _cli.JsonAsync("domains", "delete", "labelled.example")).GetProperty("changed").GetBoolean());
        Assert.Equal(1, (await _cli.RunAsync("domains", "show", "labelled.example")).Status);
        Assert.Equal("0000-0001", removed.GetProperty("identity").GetProperty("external_id").GetString());
        Assert.Empty((await _cli.JsonAsync("identities", "list")).GetProperty("results").EnumerateArray());
    }

    [Fact]
    public async Task A_role_is_renamed()
    {
        await _cli.JsonAsync("roles", "create", "curator");

        var edited = await _cli.JsonAsync("roles", "edit", "curator", "--name", "keeper", "-d", "Keeps.");

        Assert.Equal(("keeper", "Keeps."), (edited.GetProperty("role").GetProperty("name").GetString(), edited.GetProperty("role").GetProperty("description").GetString()));
        Assert.Equal(1, (await _cli.RunAsync("roles", "edit", "curator")).Status);
    }

    [Fact]
    public async Task A_role_is_deleted_and_says_how_many_had_it()
    {
        await _cli.JsonAsync("roles", "create", "curator");
        await _cli.JsonAsync("users", "create", "person@example.org", "-ac", "--role", "curator", "--password", Password);

        Assert.Equal(1, (await _cli.JsonAsync("roles", "delete", "curator")).GetProperty("members").GetInt32());
        Assert.Equal(1, (await _cli.RunAsync("roles", "delete", "curator")).Status);
        Assert.Equal(1, (await _cli.RunAsync("roles", "delete", "admin")).Status);
    }
}
