namespace Portal.Tests.Web.Cli;

public sealed class UserVerbsTests : IDisposable
{
    private const string Password = "correct horse battery staple";

    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_user_is_made_with_all_that_was_given()
    {
        await _cli.JsonAsync("roles", "create", "curator");

        var made = await _cli.JsonAsync(
            "users", "create", "ada@example.org", "-ac", "-u", "ada", "--role", "curator", "--role", "admin",
            "-p", """{"full_name": "Ada"}""", "--password", Password);
        var shown = await _cli.JsonAsync("users", "show", "ada");

        Assert.StartsWith(made.GetRawText()[..^1], shown.GetRawText(), StringComparison.Ordinal);
        Assert.True(shown.GetProperty("has_password").GetBoolean());
        Assert.Equal(("Ada", "restricted"), (shown.GetProperty("profile").GetProperty("full_name").GetString(), shown.GetProperty("preferences").GetProperty("visibility").GetString()));
        Assert.Equal(
            ["id", "email", "username", "active", "confirmed_at", "blocked_at", "verified_at", "too_many_wrong_passwords", "last_login_at", "created", "roles"],
            made.EnumerateObject().Select(property => property.Name));
        Assert.True(made.GetProperty("active").GetBoolean());
        Assert.NotEqual(default, made.GetProperty("confirmed_at").GetDateTimeOffset());
        Assert.Equal(["admin", "curator"], made.GetProperty("roles").EnumerateArray().Select(role => role.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Who_is_made_confirmed_is_trusted_where_their_domain_is_and_they_are_active()
    {
        await _cli.JsonAsync("domains", "verify", "sure.example");

        var confirmed = await _cli.JsonAsync("users", "create", "a@sure.example", "-ac", "--password", Password);
        var inactive = await _cli.JsonAsync("users", "create", "b@sure.example", "-c", "--password", Password);
        var unconfirmed = await _cli.JsonAsync("users", "create", "c@sure.example", "-a", "--password", Password);

        Assert.NotEqual(default, confirmed.GetProperty("verified_at").GetDateTimeOffset());
        Assert.All([inactive, unconfirmed], made => Assert.Equal(System.Text.Json.JsonValueKind.Null, made.GetProperty("verified_at").ValueKind));
    }

    [Fact]
    public async Task Without_flags_a_user_can_do_nothing_yet()
    {
        var made = await _cli.JsonAsync("users", "create", "new@example.org", "--password", Password);

        Assert.False(made.GetProperty("active").GetBoolean());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, made.GetProperty("confirmed_at").ValueKind);
    }

    [Theory]
    [InlineData("correct horse battery staple\n")]
    [InlineData("correct horse battery staple\r\nand more\n")]
    [InlineData("correct horse battery staple")]
    public async Task The_password_can_come_from_the_input(string input)
    {
        using var piped = new CommandLine { Input = input };

        await piped.JsonAsync("users", "create", "piped@example.org", "--password-stdin");
    }

    [Fact]
    public async Task Where_the_input_is_a_terminal_its_line_is_typed_unseen()
    {
        using var typing = new CommandLine { Typed = new([Password]), Input = "on the screen" };

        var result = await typing.RunAsync("users", "create", "typed@example.org", "--password-stdin");

        Assert.Equal(0, result.Status);
        Assert.Empty(typing.Typed);
    }

    [Fact]
    public async Task The_password_is_asked_twice_and_never_shown()
    {
        using var typing = new CommandLine { Typed = new([Password, Password, Password, "another one"]) };

        var result = await typing.RunAsync("users", "create", "typed@example.org");
        var differing = await typing.RunAsync("users", "create", "other@example.org");

        Assert.Equal((0, ""), (result.Status, result.Error));
        Assert.DoesNotContain(Password, result.Output);
        Assert.Equal("The two passwords differ.", differing.Failure);
    }

    [Fact]
    public async Task Refusals_say_why_in_one_line()
    {
        await _cli.JsonAsync("users", "create", "taken@example.org", "--password", Password);

        Assert.Contains("15 characters", (await _cli.RunAsync("users", "create", "a@example.org", "--password", "short")).Failure);
        Assert.Contains("not an email address", (await _cli.RunAsync("users", "create", "nonsense", "--password", Password)).Failure);
        Assert.Contains("Another account has this address", (await _cli.RunAsync("users", "create", "TAKEN@example.org", "--password", Password)).Failure);
        Assert.Contains("JSON object", (await _cli.RunAsync("users", "create", "b@example.org", "-p", "[]", "--password", Password)).Failure);
        Assert.Equal("There is no role \"nosuch\".", (await _cli.RunAsync("users", "create", "c@example.org", "--role", "nosuch", "--password", Password)).Failure);
        Assert.Equal("There is no user \"nobody\".", (await _cli.RunAsync("users", "show", "nobody")).Failure);
        Assert.Equal("There is no user \"@nobody\".", (await _cli.RunAsync("users", "activate", "@nobody")).Failure);
    }

    [Fact]
    public async Task A_refusal_in_json_is_one_document_too()
    {
        var result = await _cli.RunAsync("users", "create", "nonsense", "--password", "short", "--json");

        Assert.Equal(1, result.Status);
        var said = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(result.Output);
        Assert.Equal(["email", "password"], said.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()).Order());
        Assert.Equal(result.Error.Trim(), said.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Activating_and_deactivating_twice_is_done_already()
    {
        await _cli.JsonAsync("users", "create", "ada@example.org", "--password", Password);

        Assert.Equal((true, false), await ChangesAsync("activate"));
        Assert.True((await _cli.JsonAsync("users", "show", "ada@example.org")).GetProperty("active").GetBoolean());
        Assert.Equal((true, false), await ChangesAsync("deactivate"));

        async Task<(bool First, bool Second)> ChangesAsync(string verb) => (
            (await _cli.JsonAsync("users", verb, "ada@example.org")).GetProperty("changed").GetBoolean(),
            (await _cli.JsonAsync("users", verb, "ada@example.org")).GetProperty("changed").GetBoolean());
    }

    [Fact]
    public async Task The_list_is_a_table_or_a_document()
    {
        await _cli.JsonAsync("users", "create", "ada@example.org", "-ac", "-u", "ada", "--password", Password);
        await _cli.JsonAsync("users", "create", "eve@example.org", "--password", Password);

        var text = await _cli.RunAsync("users", "list");
        var json = await _cli.JsonAsync("users", "list");

        Assert.Equal(
            """
            ID  EMAIL            USERNAME  STATE     ROLES  LAST SIGN-IN
            1   ada@example.org  ada       active    -      -
            2   eve@example.org  -         inactive  -      -

            """.ReplaceLineEndings(),
            text.Output);
        Assert.Equal(2, json.GetProperty("total").GetInt32());
        Assert.Equal(["ada@example.org", "eve@example.org"], json.GetProperty("results").EnumerateArray().Select(user => user.GetProperty("email").GetString()));
    }
}
