using Microsoft.Data.Sqlite;
using Portal.Accounts.Administration;
using Portal.Tests.Accounts.Administration;

namespace Portal.Tests.Web.Cli;

public sealed class RoleAndDomainVerbsTests : IDisposable
{
    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Roles_are_made_given_taken_and_listed()
    {
        await _cli.JsonAsync("users", "create", "ada@example.org", "-ac", "--password", "correct horse battery staple");

        Assert.True(await ChangesAsync("roles", "create", "curator", "-d", "Looks after things"));
        Assert.False(await ChangesAsync("roles", "create", "CURATOR", "-d", "Something else"));
        Assert.True(await ChangesAsync("roles", "add", "ada@example.org", "curator"));
        Assert.False(await ChangesAsync("roles", "add", "ada@example.org", "curator"));
        Assert.True(await ChangesAsync("roles", "remove", "ada@example.org", "curator"));
        Assert.False(await ChangesAsync("roles", "remove", "ada@example.org", "curator"));
        var role = Assert.Single((await _cli.JsonAsync("roles", "list")).GetProperty("results").EnumerateArray());
        Assert.Equal("Looks after things", role.GetProperty("description").GetString());
    }

    [Fact]
    public async Task Taking_a_role_says_who_no_longer_has_it()
    {
        await _cli.JsonAsync("users", "create", "ada@example.org", "-ac", "--role", "admin", "--password", "correct horse battery staple");
        await _cli.JsonAsync("users", "create", "bob@example.org", "-ac", "--role", "admin", "--password", "correct horse battery staple");

        Assert.Equal("ada@example.org no longer has the role admin.", (await _cli.RunAsync("roles", "remove", "ada@example.org", "admin")).Output.Trim());
        Assert.Equal("ada@example.org does not have the role admin, as before.", (await _cli.RunAsync("roles", "remove", "ada@example.org", "admin")).Output.Trim());
    }

    [Fact]
    public async Task A_role_whose_name_is_anothers_number_is_deleted_itself()
    {
        await _cli.JsonAsync("roles", "create", "curator");
        var curator = Assert.Single((await _cli.JsonAsync("roles", "list")).GetProperty("results").EnumerateArray()).GetProperty("id").GetInt64();
        var numbered = (await _cli.JsonAsync("roles", "create", $"{curator}")).GetProperty("role").GetProperty("id").GetInt64();

        await _cli.JsonAsync("roles", "delete", $"{numbered}");

        Assert.Equal("curator", Assert.Single((await _cli.JsonAsync("roles", "list")).GetProperty("results").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_role_of_very_many_is_deleted_to_the_end_and_on_a_screen_it_is_told_how_far_it_is()
    {
        using var screen = new CommandLine(_cli.DataDirectory) { IsScreen = true };
        await using var connection = await ReadersAsync();

        var result = await screen.RunAsync("roles", "delete", "reader");

        Assert.Equal((0, "Deleted role reader; people who lost it: 1005."), (result.Status, result.Output.Trim()));
        Assert.Equal("1000 people\r1005 people\r", result.Error);
    }

    [Fact]
    public async Task Where_deleting_a_role_breaks_off_it_is_said_who_keeps_it_and_again_goes_on()
    {
        await using var connection = await ReadersAsync();
        await RoleCrowd.RefuseEndAsync(connection);

        Assert.Equal("Ended early. People who lost role reader: 1000; the others still have it. Delete it again to go on.", (await _cli.RunAsync("roles", "delete", "reader")).Failure);
        await RoleCrowd.AllowEndAsync(connection);
        Assert.Equal(5, (await _cli.JsonAsync("roles", "delete", "reader")).GetProperty("members").GetInt32());
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await _cli.JsonAsync("users", "create", "ada@example.org", "-ac", "--role", "admin", "--password", "correct horse battery staple");

        Assert.Contains("last administrator who can sign in", (await _cli.RunAsync("roles", "remove", "ada@example.org", "admin")).Failure);
        Assert.Contains("last administrator who can sign in", (await _cli.RunAsync("users", "deactivate", "ada@example.org")).Failure);
        Assert.Contains("last administrator who can sign in", (await _cli.RunAsync("users", "block", "ada@example.org")).Failure);
        Assert.Contains("last administrator who can sign in", (await _cli.RunAsync("users", "delete", "ada@example.org")).Failure);
        Assert.Contains("last administrator who can sign in", (await _cli.RunAsync("domains", "block", "example.org")).Failure);
        Assert.Equal("There is no role \"nosuch\".", (await _cli.RunAsync("roles", "add", "ada@example.org", "nosuch")).Failure);
    }

    [Fact]
    public async Task Domains_are_listed_and_decided_about()
    {
        Assert.True(await ChangesAsync("domains", "create", "Example.org."));
        Assert.True(await ChangesAsync("domains", "block", "bücher.example"));
        Assert.True(await ChangesAsync("domains", "verify", "example.org"));
        Assert.False(await ChangesAsync("domains", "verify", "example.org"));
        Assert.True(await ChangesAsync("domains", "moderate", "third.example"));

        Assert.Equal(
            ["example.org verified", "third.example moderated", "xn--bcher-kva.example blocked"],
            (await _cli.JsonAsync("domains", "list")).GetProperty("results").EnumerateArray()
                .Select(domain => $"{domain.GetProperty("name").GetString()} {domain.GetProperty("status").GetString()}"));
        Assert.Contains("no domain's name", (await _cli.RunAsync("domains", "block", "nonsense")).Failure);
    }

    [Fact]
    public async Task Whom_a_decision_would_reach_is_foretold_and_nobody_is_reached()
    {
        await _cli.JsonAsync("users", "create", "ada@example.org", "-ac", "--password", "correct horse battery staple");
        await _cli.JsonAsync("users", "create", "bob@mail.example.org", "-a", "--password", "correct horse battery staple");

        Assert.Equal("Would block people: 2. Would end sessions: 0.", (await _cli.RunAsync("domains", "block", "example.org", "--dry-run")).Output.Trim());
        Assert.Equal(
            """{"dry_run":true,"domain":"example.org","people":1,"sessions":0,"sessions_is_exact":true,"people_signed_in":0}""",
            (await _cli.JsonAsync("domains", "verify", "example.org", "--dry-run")).GetRawText());

        Assert.Equal("new", (await _cli.JsonAsync("domains", "show", "example.org")).GetProperty("status").GetString());
        Assert.True((await _cli.JsonAsync("users", "show", "ada@example.org")).GetProperty("active").GetBoolean());
    }

    [Theory]
    [InlineData("block", "example.org")]
    [InlineData("edit", "example.org", "--status", "blocked")]
    public async Task On_a_screen_it_is_told_how_many_people_have_followed(params string[] verb)
    {
        await _cli.JsonAsync("users", "create", "ada@example.org", "-ac", "--password", "correct horse battery staple");
        await _cli.JsonAsync("users", "create", "bob@example.org", "-ac", "--password", "correct horse battery staple");
        using var terminal = new CommandLine(_cli.DataDirectory) { IsScreen = true };

        Assert.Equal((0, "2 people\r"), await ToldAsync([]));
        await _cli.JsonAsync("users", "activate", "ada@example.org");
        Assert.Equal((0, ""), await ToldAsync("--json"));

        async Task<(int Status, string Error)> ToldAsync(params string[] options)
        {
            var told = await terminal.RunAsync(["domains", .. verb, .. options]);
            return (told.Status, told.Error);
        }
    }

    [Fact]
    public async Task Listing_a_domain_again_keeps_what_was_decided()
    {
        await _cli.JsonAsync("domains", "block", "bücher.example");

        Assert.False(await ChangesAsync("domains", "create", "BÜCHER.example"));

        var domain = Assert.Single((await _cli.JsonAsync("domains", "list")).GetProperty("results").EnumerateArray());
        Assert.Equal("blocked", domain.GetProperty("status").GetString());
    }

    /// <summary>A role that five more have than lose it in one transaction.</summary>
    private async Task<SqliteConnection> ReadersAsync()
    {
        await _cli.JsonAsync("roles", "create", "reader");
        var connection = new SqliteConnection($"Data Source={Path.Combine(_cli.DataDirectory, "portal.db")}");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await RoleCrowd.AddAsync(connection, "reader", RoleDeletion.BatchSize + 5);
        return connection;
    }

    private async Task<bool> ChangesAsync(params string[] args) => (await _cli.JsonAsync(args)).GetProperty("changed").GetBoolean();
}
