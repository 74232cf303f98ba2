using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Portal.Tests.Web.Cli;

public sealed class VerbFailuresTests : IDisposable
{
    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("nonsense")]
    [InlineData("users")]
    [InlineData("users nonsense")]
    [InlineData("users show")]
    [InlineData("users show a b")]
    [InlineData("users list --nonsense")]
    [InlineData("users create a@example.org")]
    [InlineData("users create a@example.org --password x --password-stdin")]
    [InlineData("roles add a")]
    [InlineData("sessions end")]
    [InlineData("db nonsense")]
    public async Task Wrong_usage_is_told_with_status_2(string args)
    {
        var result = await _cli.RunAsync(args.Split(' '));

        Assert.Equal((2, ""), (result.Status, result.Output));
        Assert.Contains("--help", result.Error);
        Assert.False(File.Exists(Path.Combine(_cli.DataDirectory, "portal.db")));
    }

    [Theory]
    [InlineData("users list --nonsense --json", true)]
    [InlineData("--json=true users list --nonsense", true)]
    [InlineData("users show --json true", true)]
    [InlineData("users list --json=perhaps", true)]
    [InlineData("users list --json=true --json=false", true)]
    [InlineData("users show --json=false", false)]
    public async Task Wrong_usage_is_told_in_JSON_where_that_is_asked_for(string args, bool isJson)
    {
        var result = await _cli.RunAsync(args.Split(' '));

        Assert.Equal(2, result.Status);
        Assert.NotEmpty(result.Error);
        if (!isJson)
        {
            Assert.Empty(result.Output);
            return;
        }

        Assert.NotEmpty(JsonSerializer.Deserialize<JsonElement>(result.Output).GetProperty("error").GetString()!);
    }

    [Theory]
    [InlineData("users delete", "USER is missing. An id, an email address or a username.")]
    [InlineData("users create", "EMAIL is missing. The address.", "Give --password or --password-stdin: there is nobody to ask, for the input or the error stream leads elsewhere.")]
    [InlineData("roles add ada", "ROLE is missing. A role's name; the administrators' is admin.")]
    [InlineData("roles add", "USER is missing. An id, an email address or a username.", "ROLE is missing. A role's name; the administrators' is admin.")]
    [InlineData("users list --limit", "Required argument missing for option: '--limit'.")]
    [InlineData("db", "A verb is missing; there are migrate, status, copy.")]
    [InlineData("db nonsense", "There is no verb \"nonsense\"; there are migrate, status, copy.")]
    [InlineData("db copy --to Oracle --connection x", "--to is \"Oracle\"; it takes Sqlite, SqlServer.")]
    [InlineData("users export people --format xml", "--format is \"xml\"; it takes jsonl, csv.")]
    [InlineData("completion tcsh", "SHELL is \"tcsh\"; it takes bash, zsh, fish, pwsh.")]
    public async Task What_is_missing_is_told_first_by_the_name_the_help_has_for_it(string args, params string[] told)
    {
        var result = await _cli.RunAsync(args.Split(' '));

        Assert.Equal((2, ""), (result.Status, result.Output));
        Assert.Equal([.. told, "Add --help to see how it is used."], result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("/etc/hosts")]
    [InlineData("/etc/hosts/portal")]
    [InlineData("/proc/portal")]
    public async Task A_data_directory_that_cannot_be_one_is_named_with_what_is_accepted(string folder)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "These paths are impossible elsewhere.");
        using var cli = new CommandLine(folder);

        Assert.StartsWith($"Portal:DataDirectory is \"{folder}\"; give a folder the portal may write to.", (await cli.RunAsync("roles", "create", "curator")).Failure);
    }

    [Theory]
    [InlineData("--help", "users")]
    [InlineData("users --help", "deactivate")]
    [InlineData("users create --help", "Portal users create ada@example.org -a -c")]
    [InlineData("db migrate -h", "--Database:Provider SqlServer")]
    public async Task Help_shows_how(string args, string shown)
    {
        var result = await _cli.RunAsync(args.Split(' '));

        Assert.Equal((0, ""), (result.Status, result.Error));
        Assert.Contains(shown, result.Output);
    }

    [Fact]
    public async Task Wrong_settings_are_told_a_line_each()
    {
        var result = await _cli.RunAsync(
            "users", "list", "--Sessions:IdleTimeout", "00:00:01", "--Portal:PublicUrl=nonsense", "--Accounts:DefaultVisibility=secret");

        Assert.Equal((1, ""), (result.Status, result.Output));
        Assert.Equal(
            [
                "Accounts:DefaultVisibility is \"secret\"; give public or restricted.",
                "Portal:PublicUrl is \"nonsense\"; give an absolute http or https address, for example https://accounts.example.org.",
                "Sessions:IdleTimeout is \"00:00:01\"; give a duration from 00:01:00 to 365.00:00:00.",
            ],
            result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("--Sessions:IdleTimeout=soon", "Sessions:IdleTimeout is \"soon\"; give a duration as d.hh:mm:ss, for example 00:30:00.")]
    [InlineData("--Accounts:LocalLogin=perhaps", "Accounts:LocalLogin is \"perhaps\"; give true or false.")]
    [InlineData("--Mail:Smtp:Port=many", "Mail:Smtp:Port is \"many\"; give a whole number.")]
    [InlineData("--Mail:Transport=Pigeon", "Mail:Transport is \"Pigeon\"; give Pickup or Smtp.")]
    [InlineData("--Database:Provider=SqlServer", "ConnectionStrings:SqlServer is empty; Database:Provider SqlServer needs a connection string there.")]
    [InlineData("--ConnectionStrings:Sqlite=gibberish", "The connection string cannot be read: Format of the initialization string does not conform to specification starting at index 0.")]
    public async Task A_value_that_cannot_be_read_is_named_with_what_is_accepted(string setting, string line) =>
        Assert.Equal(line, (await _cli.RunAsync("users", "list", setting)).Failure);

    [Fact]
    public async Task An_unusable_database_is_told_in_one_line()
    {
        await _cli.JsonAsync("db", "migrate");
        await File.WriteAllTextAsync(Path.Combine(_cli.DataDirectory, "text.db"), "This is no database.", TestContext.Current.CancellationToken);

        Assert.Contains("not a database", (await _cli.RunAsync("users", "list", "--ConnectionStrings:Sqlite=Data Source=text.db")).Failure);
        Assert.Contains("readonly", (await _cli.RunAsync("roles", "create", "curator", "--ConnectionStrings:Sqlite=Data Source=portal.db;Mode=ReadOnly")).Failure);
    }

    [Fact]
    public async Task A_locked_database_is_told_in_one_line()
    {
        await _cli.JsonAsync("db", "migrate");
        await using var other = new SqliteConnection($"Data Source={Path.Combine(_cli.DataDirectory, "portal.db")}");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = other.BeginTransaction(deferred: false);

        var result = await _cli.RunAsync("roles", "create", "curator", "--ConnectionStrings:Sqlite=Data Source=portal.db;Default Timeout=1");

        Assert.Contains("locked", result.Failure);
    }

    [Fact]
    public async Task The_schema_is_applied_looked_at_and_asked_for()
    {
        const string Careful = "--Database:MigrateOnStart=false";

        Assert.Contains("Portal db migrate", (await _cli.RunAsync("users", "list", Careful)).Failure);
        var before = await _cli.JsonAsync("db", "status", Careful);
        var applied = await _cli.JsonAsync("db", "migrate", Careful);
        var again = await _cli.JsonAsync("db", "migrate", Careful);
        var after = await _cli.JsonAsync("db", "status", Careful);

        Assert.Equal("Sqlite", before.GetProperty("provider").GetString());
        Assert.NotEqual(0, before.GetProperty("pending").GetArrayLength());
        Assert.Equal(before.GetProperty("pending").GetRawText(), applied.GetProperty("applied").GetRawText());
        Assert.Equal(0, again.GetProperty("applied").GetArrayLength());
        Assert.Equal(0, after.GetProperty("pending").GetArrayLength());
        await _cli.JsonAsync("users", "list", Careful);
    }

    [Fact]
    public async Task A_screen_is_told_what_is_applied_before_it_is()
    {
        using var screen = new CommandLine(_cli.DataDirectory) { IsScreen = true };

        var first = await screen.RunAsync("db", "migrate");
        var again = await screen.RunAsync("db", "migrate");

        Assert.StartsWith("Applying 2", first.Error);
        Assert.Contains(first.Error.Split(' ')[1].TrimEnd(','), first.Output);
        Assert.Equal((0, ""), (again.Status, again.Error));
    }
}
