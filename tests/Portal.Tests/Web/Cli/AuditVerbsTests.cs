using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Portal.Tests.Web.Cli;

public sealed class AuditVerbsTests : IDisposable
{
    private readonly CommandLine _cli = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_whole_log_verifies_and_its_head_is_met_later()
    {
        await MakeEventsAsync();

        var first = await _cli.JsonAsync("audit", "verify");
        var head = first.GetProperty("head").GetString()!;
        await _cli.JsonAsync("roles", "create", "later");
        var second = await _cli.JsonAsync("audit", "verify", "--expect", head);
        var text = await _cli.RunAsync("audit", "verify");

        Assert.Equal(
            (true, 4, 0, 0),
            (first.GetProperty("intact").GetBoolean(), first.GetProperty("count").GetInt32(), first.GetProperty("redacted").GetInt32(), first.GetProperty("faults").GetArrayLength()));
        Assert.StartsWith("4:", head, StringComparison.Ordinal);
        Assert.Equal((5, true), (second.GetProperty("count").GetInt32(), second.GetProperty("intact").GetBoolean()));
        Assert.Equal((0, ""), (text.Status, text.Error));
        Assert.Contains($"Head: {second.GetProperty("head").GetString()}", text.Output);
    }

    [Fact]
    public async Task How_far_it_is_is_told_on_a_screen_and_nowhere_else()
    {
        await MakeEventsAsync();
        using var screen = new CommandLine(_cli.DataDirectory) { IsScreen = true };
        var file = Path.Combine(_cli.DataDirectory, "out.jsonl");

        Assert.Equal("4 events\r", (await screen.RunAsync("audit", "verify")).Error);
        Assert.Equal("4 events\r", (await screen.RunAsync("audit", "export", file)).Error);
        Assert.Equal("", (await screen.RunAsync("audit", "verify", "--json")).Error);
        Assert.Equal("", (await _cli.RunAsync("audit", "export", file)).Error);
    }

    [Fact]
    public async Task An_empty_log_is_whole()
    {
        await _cli.JsonAsync("db", "migrate");

        var result = await _cli.RunAsync("audit", "verify");

        Assert.Equal((0, "The log is empty."), (result.Status, result.Output.Trim()));
        Assert.Equal(JsonValueKind.Null, (await _cli.JsonAsync("audit", "verify")).GetProperty("head").ValueKind);
    }

    [Fact]
    public async Task An_altered_row_fails_and_is_named_in_text_and_in_JSON()
    {
        await MakeEventsAsync();
        await _cli.JsonAsync("audit", "verify");
        await SqlAsync("UPDATE AuditEvents SET SubjectId = 999 WHERE Id = 3");

        var failure = (await _cli.RunAsync("audit", "verify")).Failure;
        var json = await _cli.RunAsync("audit", "verify", "--json");

        Assert.StartsWith("Row 3 at position 3: It was altered", failure, StringComparison.Ordinal);
        Assert.Equal(1, json.Status);
        var answer = JsonSerializer.Deserialize<JsonElement>(json.Output);
        Assert.False(answer.GetProperty("intact").GetBoolean());
        var fault = Assert.Single(answer.GetProperty("faults").EnumerateArray());
        Assert.Equal((3, 3), (fault.GetProperty("row").GetInt32(), fault.GetProperty("position").GetInt32()));
        Assert.StartsWith("It was altered", fault.GetProperty("what").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_taken_from_the_end_fail_against_the_noted_head()
    {
        await MakeEventsAsync();
        var head = (await _cli.JsonAsync("audit", "verify")).GetProperty("head").GetString()!;
        await SqlAsync("DELETE FROM AuditEvents WHERE Id > 2");

        Assert.Equal(0, (await _cli.RunAsync("audit", "verify")).Status);
        Assert.Contains("The chain ends at position 2, but reached 4", (await _cli.RunAsync("audit", "verify", "--expect", head)).Failure);
    }

    [Fact]
    public async Task Events_are_exported_as_lines_and_filtered()
    {
        await MakeEventsAsync();
        var file = Path.Combine(_cli.DataDirectory, "events.jsonl");
        await File.WriteAllTextAsync(file, "what was there before", Token);

        var all = await _cli.JsonAsync("audit", "export", file);
        var lines = await LinesAsync(file);
        var roles = await _cli.JsonAsync("audit", "export", file, "--kind", "role-given", "--user", "ada@example.org", "--from", "2020-01-01", "--to", "2099-01-01T00:00:00Z");
        var filtered = await LinesAsync(file);
        var none = await _cli.JsonAsync("audit", "export", file, "--to", "2020-01-01");

        Assert.Equal((4, file), (all.GetProperty("exported").GetInt32(), all.GetProperty("file").GetString()));
        Assert.Equal(["account-created", "role-created", "role-given", "domain-changed"], lines.Select(line => line.GetProperty("kind").GetString()!));
        Assert.Equal((1, "role-given"), (roles.GetProperty("exported").GetInt32(), Assert.Single(filtered).GetProperty("kind").GetString()));
        Assert.Equal((0, 0L), (none.GetProperty("exported").GetInt32(), new FileInfo(file).Length));
        Assert.False(File.Exists(file + ".part"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task What_cannot_be_written_or_is_nobody_is_told_in_a_line()
    {
        await MakeEventsAsync();

        Assert.Contains("nowhere", (await _cli.RunAsync("audit", "export", Path.Combine(_cli.DataDirectory, "nowhere", "events.jsonl"))).Failure);
        Assert.Equal("There is no user \"bob\".", (await _cli.RunAsync("audit", "export", Path.Combine(_cli.DataDirectory, "x"), "--user", "bob")).Failure);
        Assert.False(File.Exists(Path.Combine(_cli.DataDirectory, "x")));
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("audit export")]
    [InlineData("audit verify --expect 12")]
    [InlineData("audit verify --expect 12:zz")]
    [InlineData("audit export f --kind nonsense")]
    [InlineData("audit export f --from yesterday")]
    public async Task Wrong_usage_is_told_with_status_2(string args)
    {
        var result = await _cli.RunAsync(args.Split(' '));

        Assert.Equal((2, ""), (result.Status, result.Output));
        Assert.Contains("--help", result.Error);
    }

    private static async Task<IReadOnlyList<JsonElement>> LinesAsync(string file) =>
        [.. (await File.ReadAllLinesAsync(file, Token)).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    /// <summary>Four of them: the account, the role and its membership, a domain.</summary>
    private async Task MakeEventsAsync()
    {
        await _cli.JsonAsync("users", "create", "ada@example.org", "-ac", "--role", "admin", "--password", "correct horse battery staple");
        await _cli.JsonAsync("domains", "block", "example.net");
    }

    private async Task SqlAsync(string sql)
    {
        await using var connection = new SqliteConnection(string.Create(CultureInfo.InvariantCulture, $"Data Source={Path.Combine(_cli.DataDirectory, "portal.db")}"));
        await connection.OpenAsync(Token);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Token);
    }
}
