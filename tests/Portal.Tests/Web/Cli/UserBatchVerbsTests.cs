using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Portal.Tests.Web.Cli;

public sealed class UserBatchVerbsTests : IDisposable
{
    private const string Password = "correct horse battery staple";

    private readonly CommandLine _cli = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task All_who_match_are_changed_as_one_batch_in_the_log()
    {
        await MakeAsync("ada@example.org", "bob@example.org", "cyd@example.org", "dan@other.example");
        await _cli.JsonAsync("users", "deactivate", "bob@example.org");

        var done = await _cli.JsonAsync("users", "batch", "block", "--domain", "example.org", "--except", "cyd@example.org", "--reason", "advertised");

        Assert.Equal(
            ["batch", "seen", "changed", "already_so", "skipped", "ended", "failed", "failures", "stopped"],
            done.EnumerateObject().Select(member => member.Name));
        Assert.Equal((2, 2, 0, false), (done.GetProperty("seen").GetInt32(), done.GetProperty("changed").GetInt32(), done.GetProperty("failed").GetInt32(), done.GetProperty("stopped").GetBoolean()));
        Assert.Equal("cyd dan", await ActiveAsync());
        var log = (await LogAsync()).Where(line => line.GetProperty("details").TryGetProperty("batch", out var batch) && batch.GetString() == done.GetProperty("batch").GetString()).ToList();
        Assert.Equal(["batch-started", "blocked", "blocked"], log.Select(line => line.GetProperty("kind").GetString()));
        Assert.All(log, line => Assert.Equal(
            ("command-line", "advertised"), (line.GetProperty("details").GetProperty("via").GetString(), line.GetProperty("details").GetProperty("reason").GetString())));
    }

    [Fact]
    public async Task These_alone_are_changed_who_are_named()
    {
        await MakeAsync("ada@example.org", "bob@example.org", "cyd@example.org");

        var done = await _cli.RunAsync("users", "batch", "deactivate", "--user", "ada@example.org", "--user", "2", "--user", "bob@example.org");

        Assert.Equal((0, "Done: deactivate, of people 2: 2; already so 0; left out 0; failed 0. Ended sessions: 0.", ""), (done.Status, done.Output.Trim(), done.Error));
        Assert.Equal("cyd", await ActiveAsync());
        Assert.Equal("There is no user \"nobody\".", (await _cli.RunAsync("users", "batch", "activate", "--user", "ada@example.org", "--user", "nobody")).Failure);
        Assert.Equal("cyd", await ActiveAsync());
    }

    [Fact]
    public async Task What_a_batch_would_do_is_foretold_and_nothing_is_done()
    {
        await MakeAsync("ada@example.org", "bob@example.org", "cyd@example.org");
        await _cli.JsonAsync("roles", "add", "ada@example.org", "admin");
        await _cli.JsonAsync("users", "deactivate", "bob@example.org");

        var told = await _cli.JsonAsync("users", "batch", "deactivate", "--everybody", "--dry-run");
        var text = await _cli.RunAsync("users", "batch", "deactivate", "--everybody", "--dry-run");

        Assert.Equal(
            """{"dry_run":true,"selected":3,"selected_is_exact":true,"changing":1,"changing_is_exact":true,"already_so":1,"refused":0,"sessions":0,"sessions_is_exact":true,"spares_last_administrator":true}""",
            told.GetRawText());
        Assert.Equal(
            "Would deactivate, of people 3: 1; already so 1; refused 0. Would end sessions: 0. The last administrator is among them and is left out.",
            text.Output.Trim());
        Assert.Equal("ada cyd", await ActiveAsync());
        Assert.Equal(1, (await _cli.JsonAsync("users", "batch", "deactivate", "--everybody")).GetProperty("skipped").GetInt32());
    }

    [Theory]
    [InlineData]
    [InlineData("--verified", "false")]
    [InlineData("--state", "active", "--verified", "false")]
    [InlineData("--role", "")]
    [InlineData("--everybody", "--state", "active")]
    [InlineData("--everybody", "--user", "ada@example.org")]
    [InlineData("--state", "active", "--user", "ada@example.org")]
    [InlineData("--user", "ada@example.org", "--except", "ada@example.org")]
    [InlineData("--except", "ada@example.org")]
    public async Task Whom_it_means_is_said_in_one_way_or_nobody_is_changed(params string[] whom)
    {
        await MakeAsync("ada@example.org", "bob@example.org");

        var refused = await _cli.RunAsync(["users", "batch", "deactivate", .. whom]);

        Assert.Equal((2, ""), (refused.Status, refused.Output));
        Assert.Equal("ada bob", await ActiveAsync());
    }

    [Theory]
    [InlineData("--domain", "@")]
    [InlineData("--query", "\ufffe")]
    public async Task What_is_no_domain_and_no_text_is_nobodys(params string[] whom)
    {
        await MakeAsync("ada@example.org", "bob@example.org");

        var told = await _cli.JsonAsync(["users", "batch", "deactivate", "--state", "active", .. whom]);

        Assert.Equal(0, told.GetProperty("seen").GetInt32());
        Assert.Equal("ada bob", await ActiveAsync());
    }

    [Fact]
    public async Task For_whom_it_does_not_work_is_listed_with_why_and_the_others_are_done()
    {
        await _cli.JsonAsync("users", "create", "ada@bad.example", "--password", Password);
        await _cli.JsonAsync("users", "create", "bob@example.org", "--password", Password);
        await _cli.JsonAsync("domains", "block", "bad.example");

        var text = await _cli.RunAsync("users", "batch", "confirm-email", "--everybody");
        var json = await _cli.RunAsync("users", "batch", "confirm-email", "--everybody", "--json");

        Assert.Equal((1, ""), (text.Status, text.Output));
        var lines = text.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("User 1 (ada@bad.example): ", lines[0], StringComparison.Ordinal);
        Assert.Equal("Done: confirm-email, of people 2: 1; already so 0; left out 0; failed 1. Ended sessions: 0.", lines[1].Trim());
        Assert.Equal(1, json.Status);
        var failure = Assert.Single(JsonSerializer.Deserialize<JsonElement>(json.Output).GetProperty("failures").EnumerateArray());
        Assert.Equal((1, "ada@bad.example"), (failure.GetProperty("id").GetInt32(), failure.GetProperty("email").GetString()));
        Assert.Equal($"User 1 (ada@bad.example): {failure.GetProperty("detail").GetString()}", lines[0].Trim());
    }

    [Fact]
    public async Task A_role_is_given_to_many_and_taken_from_them()
    {
        await MakeAsync("ada@example.org", "bob@example.org", "cyd@other.example");
        await _cli.JsonAsync("roles", "create", "curator");

        Assert.Equal(
            "Would give-role, of people 2: 2; already so 0; refused 0. Would end sessions: 0.",
            (await _cli.RunAsync("users", "batch", "give-role", "curator", "--domain", "example.org", "--dry-run")).Output.Trim());
        Assert.Equal(2, (await _cli.JsonAsync("users", "batch", "give-role", "curator", "--domain", "example.org")).GetProperty("changed").GetInt32());
        Assert.Equal(1, (await _cli.JsonAsync("users", "batch", "take-role", "curator", "--role", "curator", "--except", "bob@example.org")).GetProperty("changed").GetInt32());

        Assert.Equal("bob@example.org", Assert.Single((await _cli.JsonAsync("roles", "members", "curator")).GetProperty("results").EnumerateArray()).GetProperty("email").GetString());
        Assert.Equal("There is no role \"nosuch\".", (await _cli.RunAsync("users", "batch", "give-role", "nosuch", "--everybody", "--dry-run")).Failure);
    }

    [Fact]
    public async Task Blocking_many_needs_a_reason()
    {
        await MakeAsync("ada@example.org");

        Assert.Contains("Say why", (await _cli.RunAsync("users", "batch", "block", "--everybody")).Failure, StringComparison.Ordinal);
        Assert.Equal("ada", await ActiveAsync());
    }

    [Fact]
    public async Task Stopped_it_ends_after_the_person_it_is_at_and_says_how_far_it_came()
    {
        await MakeAsync("ada@example.org", "bob@example.org", "cyd@example.org");
        using var stop = new CancellationTokenSource();
        using var terminal = new CommandLine(_cli.DataDirectory) { IsScreen = true, Stop = stop.Token, Heard = line => Stop(line) };

        var stopped = await terminal.RunAsync("users", "batch", "deactivate", "--everybody");

        Assert.Equal((1, ""), (stopped.Status, stopped.Output));
        Assert.EndsWith("Stopped. Done: deactivate, of people 1: 1; already so 0; left out 0; failed 0. Ended sessions: 0.", stopped.Error.Trim(), StringComparison.Ordinal);
        Assert.Equal("bob cyd", await ActiveAsync());

        void Stop(string line)
        {
            if (line.StartsWith("1 people", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public async Task The_program_is_stopped_by_a_signal_and_says_how_far_it_came()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no signals here.");
        var file = Path.Combine(_cli.DataDirectory, "people.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(1, 2000).Select(i => $$"""{"email": "p{{i}}@example.org", "active": true}"""), Token);
        await _cli.JsonAsync("users", "import", file);
        await RefuseChangesOfTheFirstAsync();

        var stopped = await _cli.StartAsync(
            (line, process) =>
            {
                if (line.Contains("could not change user 1;", StringComparison.Ordinal))
                {
                    Process.Start("/bin/sh", ["-c", $"kill -TERM {process.Id}"]).Dispose();
                }
            },
            "users", "batch", "deactivate", "--everybody", "--json");

        var answer = JsonSerializer.Deserialize<JsonElement>(stopped.Output);
        Assert.Equal((1, true, 1), (stopped.Status, answer.GetProperty("stopped").GetBoolean(), answer.GetProperty("failed").GetInt32()));
        Assert.InRange(answer.GetProperty("seen").GetInt32(), 1, 1999);

        // The log tells of it at once, which shows that the batch is under way.
        async Task RefuseChangesOfTheFirstAsync()
        {
            await using var connection = new SqliteConnection($"Data Source={Path.Combine(_cli.DataDirectory, "portal.db")};Pooling=False");
            await connection.OpenAsync(Token);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TRIGGER refuse BEFORE UPDATE ON Users WHEN NEW.Id = 1 BEGIN SELECT RAISE(ABORT, 'refused'); END";
            await command.ExecuteNonQueryAsync(Token);
        }
    }

    private async Task MakeAsync(params string[] emails)
    {
        foreach (var email in emails)
        {
            await _cli.JsonAsync("users", "create", email, "-ac", "--password", Password);
        }
    }

    /// <summary>Who may sign in: what stands before the @ of each.</summary>
    private async Task<string> ActiveAsync() =>
        string.Join(' ', (await _cli.JsonAsync("users", "list", "--state", "active")).GetProperty("results").EnumerateArray().Select(user => user.GetProperty("email").GetString()!.Split('@')[0]));

    private async Task<IEnumerable<JsonElement>> LogAsync()
    {
        var file = Path.Combine(_cli.DataDirectory, "out.jsonl");
        await _cli.RunAsync("audit", "export", file);
        return (await File.ReadAllLinesAsync(file, Token)).Select(line => JsonSerializer.Deserialize<JsonElement>(line));
    }
}
