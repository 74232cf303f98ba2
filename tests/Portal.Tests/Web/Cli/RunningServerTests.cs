using System.Net;
using System.Net.Http.Json;
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
    private CommandLine _cli = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        _cli = new CommandLine(_server.DataDirectory);
    }

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

        using var screen = new CommandLine(_cli.DataDirectory) { IsScreen = true };
        var (all, _) = await HearAsync<AccountEvent.SessionsEnded, CommandLine.Result>(() => screen.RunAsync("sessions", "end-all"));
        Assert.Equal("1 sessions ended\r", all.Error);
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(bob));
        Assert.Equal("0 sessions ended or forgotten\r", (await screen.RunAsync("sessions", "clean")).Error);
        Assert.Equal(0, (await _cli.JsonAsync("sessions", "clean")).GetProperty("deleted").GetInt32());
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended_that_are_all_of_what_is_named_and_none_by_omission()
    {
        await _server.MakeUserAsync("ada@example.org");
        await _server.MakeUserAsync("bob@example.org");
        using var ada = await SignedInWithAsync("ada@example.org", "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0");
        using var bob = await SignedInWithAsync("bob@example.org", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0");

        Assert.Equal(2, await CountAsync("--browser", "Firefox"));
        Assert.Equal(1, await CountAsync("--browser", "Firefox", "--os", "Linux"));
        Assert.Equal(0, await CountAsync("-q", "bob@example.org", "--os", "Linux"));
        Assert.Equal(0, await CountAsync("--country", "nl"));
        Assert.Equal(0, await CountAsync("--impersonated"));
        Assert.Equal((2, 0), (await CountAsync("--since", "2026-01-31"), await CountAsync("--since", "2999-01-31T08:00:00Z")));
        Assert.Equal(1, await CountAsync("--limit", "1"));

        Assert.Equal(2, (await _cli.RunAsync("sessions", "end-matching")).Status);
        Assert.Equal(2, (await _cli.RunAsync("sessions", "end-matching", "--impersonated", "false")).Status);
        Assert.Equal("Would end sessions: 1, of people: 1.", (await _cli.RunAsync("sessions", "end-matching", "--os", "Linux", "--dry-run")).Output.Trim());
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await MeAsync(ada), await MeAsync(bob)));

        var (ended, _) = await HearAsync<AccountEvent.SessionsEnded, JsonElement>(() => _cli.JsonAsync("sessions", "end-matching", "--os", "Linux"));
        Assert.Equal(1, ended.GetProperty("ended").GetInt32());
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await MeAsync(ada), await MeAsync(bob)));

        async Task<int> CountAsync(params string[] filter) => (await _cli.JsonAsync(["sessions", "list", .. filter])).GetProperty("total").GetInt32();

        async Task<HttpClient> SignedInWithAsync(string login, string agent)
        {
            var client = _server.Anonymous();
            client.DefaultRequestHeaders.Add("User-Agent", agent);
            using var answer = await client.PostAsJsonAsync("/api/login", new { email = login, password = ApiHost.Password }, Token);
            answer.EnsureSuccessStatusCode();
            return client;
        }
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

    [Fact]
    public async Task A_domain_is_told_as_REST_tells_it()
    {
        await _server.MakeUserAsync("ada@example.org");
        await _cli.JsonAsync("roles", "add", "ada@example.org", "admin");
        using var admin = await _server.SignedInAsync("ada@example.org");
        var whose = (await _cli.JsonAsync("domains", "organisations", "add", "University")).GetProperty("organisation").GetProperty("id");
        await _cli.JsonAsync("domains", "verify", "example.org");

        var edited = await _cli.JsonAsync("domains", "edit", "example.org", "--category", "company", "--organisation", $"{whose}", "--flagged", "true", "--flag-source", "a reader");

        var told = await admin.GetStringAsync("/api/admin/domains/example.org", Token);
        Assert.Equal(told, (await _cli.JsonAsync("domains", "show", "example.org")).GetRawText());
        Assert.Equal(told, edited.GetProperty("domain").GetRawText());
        Assert.Equal(told, Assert.Single((await _cli.JsonAsync("domains", "list")).GetProperty("results").EnumerateArray()).GetRawText());
        Assert.Equal(told, (await _cli.JsonAsync("domains", "create", "example.org")).GetProperty("domain").GetRawText());
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
