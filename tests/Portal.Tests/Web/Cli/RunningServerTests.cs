using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Events;
using Portal.Tests.Web.Api;

namespace Portal.Tests.Web.Cli;

/// <summary>What the command line changes, a server on the same database notices by itself.</summary>
public sealed class RunningServerTests : IAsyncLifetime
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);

    private readonly ApiHost _server = new();
    private readonly CommandLine _cli;

    public RunningServerTests() => _cli = new CommandLine(_server.DataDirectory);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    [Trait("ASVS", "7.4.5")]
    public async Task A_session_ended_by_the_program_is_refused_within_two_seconds()
    {
        await _server.MakeUserAsync("ada@example.org");
        using var ended = await _server.SignedInAsync("ada@example.org");
        var id = (await _cli.JsonAsync("sessions", "list", "--user", "ada@example.org")).GetProperty("results")[0].GetProperty("id").GetString()!;
        using var stays = await _server.SignedInAsync("ada@example.org");

        var (result, _) = await HearAsync<AccountEvent.SessionsEnded, CommandLine.Result>(() => _cli.StartAsync("sessions", "end", id, "--json"));

        Assert.Equal((0, "{\"ended\":1}", ""), (result.Status, result.Output.Trim(), result.Error));
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(ended));
        Assert.Equal(HttpStatusCode.OK, await MeAsync(stays));
        Assert.Equal(0, (await _cli.JsonAsync("sessions", "end", id)).GetProperty("ended").GetInt32());
        Assert.Contains("no session", (await _cli.RunAsync("sessions", "end", new string('0', id.Length))).Failure);
    }

    [Fact]
    [Trait("ASVS", "7.4.5")]
    public async Task One_persons_sessions_or_everybodys_are_ended()
    {
        await _server.MakeUserAsync("ada@example.org");
        await _server.MakeUserAsync("bob@example.org");
        using var ada = await _server.SignedInAsync("ada@example.org");
        using var bob = await _server.SignedInAsync("bob@example.org");
        Assert.Equal(2, (await _cli.JsonAsync("sessions", "list")).GetProperty("total").GetInt32());

        await HearAsync<AccountEvent.SessionsEnded, JsonElement>(() => _cli.JsonAsync("sessions", "end-user", "ada@example.org"));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await MeAsync(ada), await MeAsync(bob)));

        Assert.Equal("Would end sessions: 1, of people: 1.", (await _cli.RunAsync("sessions", "end-all", "--dry-run")).Output.Trim());
        Assert.Equal(HttpStatusCode.OK, await MeAsync(bob));

        await HearAsync<AccountEvent.SessionsEnded, JsonElement>(() => _cli.JsonAsync("sessions", "end-all"));
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(bob));
        Assert.Equal(0, (await _cli.JsonAsync("sessions", "clean")).GetProperty("deleted").GetInt32());
    }

    [Fact]
    [Trait("ASVS", "7.4.2")]
    public async Task Deactivating_ends_every_session_of_the_person()
    {
        await _server.MakeUserAsync("ada@example.org");
        using var one = await _server.SignedInAsync("ada@example.org");
        using var other = await _server.SignedInAsync("ada@example.org");

        var (answer, _) = await HearAsync<AccountEvent.SessionsEnded, JsonElement>(() => _cli.JsonAsync("users", "deactivate", "ada@example.org"));

        Assert.Equal(2, answer.GetProperty("ended").GetInt32());
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (await MeAsync(one), await MeAsync(other)));
    }

    [Fact]
    public async Task A_role_counts_within_two_seconds()
    {
        await _server.MakeUserAsync("ada@example.org");
        using var client = await _server.SignedInAsync("ada@example.org");
        Assert.DoesNotContain("href=\"/admin\"", await client.GetStringAsync("/account/sessions", Token));

        await HearAsync<AccountEvent.UserChanged, JsonElement>(() => _cli.JsonAsync("roles", "add", "ada@example.org", "admin"));

        Assert.Contains("href=\"/admin\"", await client.GetStringAsync("/account/sessions", Token));
    }

    private static async Task<HttpStatusCode> MeAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/me", Token);
        return answer.StatusCode;
    }

    /// <summary>Runs a verb and waits until the server has heard of it, no longer after the verb's end than promised.</summary>
    private async Task<(TResult Result, TEvent Heard)> HearAsync<TEvent, TResult>(Func<Task<TResult>> run)
        where TEvent : AccountEvent
    {
        var heard = new TaskCompletionSource<TEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = _server.Services.GetRequiredService<IAccountEvents>().Subscribe(happened =>
        {
            if (happened is TEvent wanted)
            {
                heard.TrySetResult(wanted);
            }
        });
        var result = await run();
        return (result, await heard.Task.WaitAsync(Promised, Token));
    }
}
