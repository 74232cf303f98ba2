using System.CommandLine;
using System.Text.Json;
using Portal.Cli;
using Portal.Testing;
using Portal.Tests.Accounts.Passkeys;

namespace Portal.Tests.Web.Cli;

/// <summary>No verb is without JSON: each is run once, and none is left out.</summary>
public sealed class EveryVerbTests : IDisposable
{
    private const string Own = "AQAAAAIAAAPoAAAAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==";

    private static readonly RootCommand Root = Verbs.Root(new VerbRunner([], new VerbConsole(TextReader.Null, TextWriter.Null, TextWriter.Null)));

    private readonly CommandLine _cli = new();
    private readonly HashSet<Command> _run = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Every_verb_prints_one_document_and_nothing_else()
    {
        var (owner, passkey, session, withApp) = await PeopleAsync();

        await RunAsync("db migrate", "db status", "completion bash");
        await RunAsync("roles create curators -d Curators", "roles edit curators -d Keepers", "roles list");
        await RunAsync("users create grace@example.org -a -c -u grace --password lanterns-drift-over-Utrecht", "users edit grace --username hopper", "users list", "users show hopper");
        await RunAsync("roles add hopper curators", "roles members curators", "roles remove hopper curators");
        await RunAsync("users verify hopper", "users unverify hopper", "users deactivate hopper", "users activate hopper", "users confirm-email hopper", "users reset-password hopper");

        Assert.True((await RunAsync($"users remove-factor {withApp}")).GetProperty("changed").GetBoolean());
        Assert.Equal(JsonValueKind.Null, (await RunAsync($"users show {withApp}")).GetProperty("second_factor_since").ValueKind);
        Assert.Equal(2, (await RunAsync($"sessions list --user {owner}")).GetProperty("total").GetInt32());
        Assert.Equal(1, (await RunAsync($"sessions end {session}")).GetProperty("ended").GetInt32());
        Assert.True((await RunAsync($"users remove-passkey {owner} {passkey}")).GetProperty("changed").GetBoolean());
        await RunAsync($"sessions end-user {owner}", "sessions end-matching --ip 192.0.2.7", "sessions end-all", "sessions clean");

        await RunAsync("users invite emmy@example.org");
        var mail = (await RunAsync("mails list --to emmy@ --state Waiting")).GetProperty("results")[0].GetProperty("id");
        await RunAsync($"mails retry {mail}", $"mails drop {mail}");

        await RunAsync("domains create example.net", "domains list", "domains show example.net", "domains edit example.net --category company");
        await RunAsync("domains verify example.net", "domains moderate example.net", "domains block example.net", "domains delete example.net");
        await RunAsync("domains categories add university", "domains categories list", "domains categories delete university");
        var organisation = (await RunAsync("domains organisations add Physics")).GetProperty("organisation").GetProperty("id");
        await RunAsync("domains organisations list", $"domains organisations edit {organisation} --name Astronomy", $"domains organisations delete {organisation}");

        await RunAsync("users batch activate --domain example.org", "users batch verify --domain example.org", "users batch confirm-email --domain example.org");
        await RunAsync("users batch reset-password --domain example.org", "users batch give-role curators --domain example.org", "users batch take-role curators --domain example.org");
        await RunAsync("users batch deactivate --domain example.org", "users batch block --domain example.org --reason spam");

        await File.WriteAllTextAsync(InFolder("people.jsonl"), $$"""{"email": "linked@example.org", "password": "{{Own}}", "identities": [{"method": "orcid", "external_id": "0000-0001"}]}""", Token);
        await RunOnAsync("users import", InFolder("people.jsonl"));
        var identity = (await RunAsync("identities list")).GetProperty("results")[0].GetProperty("id").GetString();
        await RunAsync($"identities remove {identity}", "audit verify");
        await RunOnAsync("users export", InFolder("all.jsonl"));
        await RunOnAsync("audit export", InFolder("events.jsonl"));
        await RunOnAsync("db copy --to Sqlite --connection", $"DataSource={InFolder("copy.db")};Pooling=false");
        await RunAsync("users block hopper --reason spam", "users delete hopper --reason spam", "roles delete curators");

        Assert.Empty(VerbExamplesTests.Leaves(Root).Except(_run).Select(verb => $"{verb.Parents.First().Name} {verb.Name}"));
    }

    /// <summary>Somebody with a passkey and a session, and somebody with an app.</summary>
    private async Task<(long Owner, string Passkey, string Session, long WithApp)> PeopleAsync()
    {
        await using var host = await PortalHost.StartAsync(options => (options.DataDirectory, options.UseRealClock) = (_cli.DataDirectory, true));
        var (owner, _, passkey) = await host.NewOwnerAsync();
        using var browser = await host.BeginSessionAsync(owner);
        var withApp = await host.CreateUserAsync();
        await host.AddSecondFactorAsync(withApp);
        return (owner.Id, passkey.Id, await host.IdAsync(browser), withApp.Id);
    }

    private string InFolder(string file) => Path.Combine(_cli.DataDirectory, file);

    /// <summary>Runs them in turn; the last one's document.</summary>
    private async Task<JsonElement> RunAsync(params string[] verbs)
    {
        JsonElement answer = default;
        foreach (var verb in verbs)
        {
            answer = await RunOnAsync(verb);
        }

        return answer;
    }

    private Task<JsonElement> RunOnAsync(string verb, params string[] more)
    {
        string[] words = [.. verb.Split(' '), .. more];
        _run.Add(Root.Parse(words).CommandResult.Command);
        return _cli.JsonAsync(words);
    }
}
