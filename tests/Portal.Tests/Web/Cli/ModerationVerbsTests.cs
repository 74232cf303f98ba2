namespace Portal.Tests.Web.Cli;

public sealed class ModerationVerbsTests : IDisposable
{
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
    public async Task A_link_is_sent_only_to_who_may_sign_in()
    {
        await _cli.JsonAsync("users", "create", "person@example.org", "-ac", "--password", Password);
        await _cli.JsonAsync("users", "create", "inactive@example.org", "-c", "--password", Password);

        Assert.True((await _cli.JsonAsync("users", "reset-password", "person@example.org")).GetProperty("changed").GetBoolean());
        Assert.Equal(1, (await _cli.RunAsync("users", "reset-password", "inactive@example.org")).Status);
        Assert.Equal(1, (await _cli.RunAsync("users", "reset-password", "nobody@example.org")).Status);
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
