using System.Globalization;
using System.Text.Json;

namespace Portal.Tests.Web.Cli;

public sealed class ListVerbsTests : IDisposable
{
    private const string Password = "correct horse battery staple";

    private readonly CommandLine _cli = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Users_are_listed_who_are_all_of_what_is_named()
    {
        await _cli.JsonAsync("roles", "create", "curator");
        await _cli.JsonAsync("users", "create", "ada@example.org", "-ac", "-u", "countess", "--role", "curator", "--password", Password);
        await _cli.JsonAsync("users", "create", "bob@example.org", "-a", "--password", Password);
        await _cli.JsonAsync("users", "create", "cyd@other.example", "--password", Password);
        await _cli.JsonAsync("users", "create", "dan@other.example", "-ac", "--password", Password);
        await _cli.JsonAsync("users", "verify", "dan@other.example");

        Assert.Equal("ada", await ListedAsync("--role", "curator"));
        Assert.Equal("ada", await ListedAsync("-q", "countess"));
        Assert.Equal("bob", await ListedAsync("--state", "unconfirmed"));
        Assert.Equal("cyd dan", await ListedAsync("--domain", "other.example"));
        Assert.Equal("cyd", await ListedAsync("--domain", "other.example", "--state", "inactive"));
        Assert.Equal("dan", await ListedAsync("--verified"));
        Assert.Equal("", await ListedAsync("--second-factor", "true"));
        Assert.Equal("ada bob cyd dan", await ListedAsync("--second-factor", "false"));
        Assert.Equal("", await ListedAsync("--locked"));
        Assert.Equal("dan cyd bob ada", await ListedAsync("--sort", "-created"));
        Assert.Equal("dan cyd", await ListedAsync("--sort=-email", "--limit", "2"));
    }

    [Fact]
    public async Task A_listed_user_is_told_as_shown_and_as_REST_lists_them()
    {
        await _cli.JsonAsync("users", "create", "ada@example.org", "-a", "-p", """{"full_name": "Ada"}""", "--password", Password);

        var listed = (await _cli.JsonAsync("users", "list")).GetProperty("results")[0];
        var shown = await _cli.JsonAsync("users", "show", "ada@example.org");

        Assert.Equal(
            ["full_name", "state", "verified", "second_factor", "sessions"],
            listed.EnumerateObject().Select(member => member.Name).Except(shown.EnumerateObject().Select(member => member.Name)));
        Assert.Equal(("Ada", "unconfirmed"), (listed.GetProperty("full_name").GetString(), listed.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task Domains_are_listed_that_are_all_of_what_is_named()
    {
        await _cli.JsonAsync("domains", "create", "first.example");
        await _cli.JsonAsync("domains", "verify", "second.example");
        await _cli.JsonAsync("domains", "create", "third.test");
        await _cli.JsonAsync("domains", "edit", "third.test", "--category", "company", "--flagged", "true");

        Assert.Equal("first.example second.example", await DomainsAsync("-q", ".example"));
        Assert.Equal("second.example", await DomainsAsync("--status", "verified"));
        Assert.Equal("third.test", await DomainsAsync("--flagged", "true"));
        Assert.Equal("first.example", await DomainsAsync("--flagged", "false", "--status", "new"));
        Assert.Equal("third.test", await DomainsAsync("--category", "company"));
        Assert.Equal("", await DomainsAsync("--organisation", "7"));
        Assert.Equal("third.test second.example", await DomainsAsync("--sort", "-name", "--limit", "2"));
        Assert.Contains("company", (await _cli.RunAsync("domains", "list", "--category", "nosuch")).Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("users", "--state", "sleeping", "--state is \"sleeping\"; it takes active, unconfirmed, inactive, blocked.")]
    [InlineData("users", "--second-factor", "perhaps", "it takes true, false.")]
    [InlineData("users", "--sort", "-colour", "id; behind a hyphen descending")]
    [InlineData("users", "--limit", "0", "a whole number from 1")]
    [InlineData("users", "--limit", "many", "a whole number from 1")]
    [InlineData("users", "--role", "", "give ROLE, or leave it out")]
    [InlineData("domains", "--status", "good", "moderated")]
    [InlineData("domains", "--flagged", "perhaps", "it takes true, false.")]
    [InlineData("domains", "--organisation", "first", "a whole number from 1")]
    [InlineData("domains", "--sort", "colour", "updated")]
    [InlineData("sessions", "--since", "yesterday", "2026-01-31T08:00:00Z")]
    [InlineData("sessions", "--sort", "name", "it takes created")]
    public async Task A_value_that_does_not_fit_is_wrong_usage_and_told_with_what_would(string list, string option, string value, string accepted)
    {
        var refused = await _cli.RunAsync(list, "list", option, value);

        Assert.Equal((2, ""), (refused.Status, refused.Output));
        var lines = refused.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(accepted, lines[0], StringComparison.Ordinal);
        Assert.Equal("Add --help to see how it is used.", lines[1].Trim());
    }

    [Fact]
    public async Task A_list_of_several_pages_comes_whole_and_in_order()
    {
        var file = Path.Combine(_cli.DataDirectory, "people.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(1, 450).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"email": "p{{1000 - i}}@example.org"}""")), Token);
        await _cli.JsonAsync("users", "import", file);

        var byId = await _cli.JsonAsync("users", "list");
        var byEmail = await _cli.JsonAsync("users", "list", "--sort", "email", "--limit", "250");
        var found = await _cli.JsonAsync("users", "list", "-q", "example.org");

        Assert.Equal((450, 250), (byId.GetProperty("total").GetInt32(), byEmail.GetProperty("total").GetInt32()));
        Assert.Equal(Enumerable.Range(1, 450), Ids(byId));
        Assert.Equal(Enumerable.Range(201, 250).Reverse(), Ids(byEmail));
        Assert.Equal(Enumerable.Range(1, 450), Ids(found).Order());

        static IEnumerable<int> Ids(JsonElement list) => list.GetProperty("results").EnumerateArray().Select(user => user.GetProperty("id").GetInt32());
    }

    private async Task<string> DomainsAsync(params string[] options) =>
        string.Join(' ', (await _cli.JsonAsync(["domains", "list", .. options])).GetProperty("results").EnumerateArray().Select(domain => domain.GetProperty("name").GetString()));

    /// <summary>What stands before the @ of each.</summary>
    private async Task<string> ListedAsync(params string[] options) =>
        string.Join(' ', (await _cli.JsonAsync(["users", "list", .. options])).GetProperty("results").EnumerateArray().Select(user => user.GetProperty("email").GetString()!.Split('@')[0]));
}
