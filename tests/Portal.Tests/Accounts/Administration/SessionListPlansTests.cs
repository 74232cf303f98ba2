using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Testing;
using Portal.Tests.Accounts.Data;

namespace Portal.Tests.Accounts.Administration;

/// <summary>What a page of sessions costs does not grow with the table: read from SQLite's plans.</summary>
public sealed class SessionListPlansTests
{
    private static readonly Dictionary<string, SessionSearch> Searches = new()
    {
        ["no filter"] = new(),
        ["a user"] = new() { User = "1" },
        ["an address"] = new() { Ip = "198.51.100.7" },
        ["a country"] = new() { Country = "PT" },
        ["a browser"] = new() { Browser = "Firefox" },
        ["a system"] = new() { Os = "Linux" },
        ["since"] = new() { Since = DateTimeOffset.UnixEpoch },
        ["online"] = new() { IsOnline = true },
        ["acting as others"] = new() { IsImpersonation = true },
        ["a country since"] = new() { Country = "PT", Since = DateTimeOffset.UnixEpoch },
        ["a user's with a browser"] = new() { User = "1", Browser = "Firefox" },
        ["online in a country"] = new() { IsOnline = true, Country = "PT" },
        ["a country and a browser"] = new() { Country = "PT", Browser = "Firefox", Os = "Linux" },
    };

    /// <summary>Whoever looks through more than what is shown or counted would have another step.</summary>
    private const string Served =
        @"^(SCAN s USING (COVERING )?INDEX IX_Sessions_(Live|Ip_Id|Country|Browser|Os|ImpersonatorId)"
        + @"|SEARCH s USING (COVERING )?INDEX (IX_Sessions_(Live|Ip_Id|Country|Browser|Os|UserId_EndedAt|ImpersonatorId)|sqlite_autoindex_Sessions_1) \((Id|Ip|Country|Browser|Os|UserId|ImpersonatorId)[=<>].*\))$";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Filters => [.. Searches.Keys];

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_page_of_sessions_and_their_number_are_read_off_an_index(string filter)
    {
        var counter = new CommandCounter();
        await using var host = await PortalHost.StartAsync(counter.AddTo);
        await host.CreateUserAsync();
        var place = (await host.Get<ISessionAdmin>().ListAsync(new SessionSearch(), new ListWindow(), Token)).Next;
        counter.Forget();

        await host.Get<ISessionAdmin>().ListAsync(Searches[filter], new ListWindow { After = place }, Token);
        await host.Get<ISessionAdmin>().ListAsync(Searches[filter], new ListWindow { After = place, IsReversed = true }, Token);
        await host.Get<ISessionAdmin>().PreviewAsync(SessionChoice.Matching(Searches[filter]), Operator.CommandLine, Token);

        var statements = counter.Commands.Where(command => command.Contains("\"Sessions\" AS \"s\"", StringComparison.Ordinal)).ToList();
        Assert.True(statements.Count >= 3);
        foreach (var statement in statements)
        {
            var plan = await host.PlanAsync(statement);
            var steps = plan.Where(step => step.StartsWith("SEARCH s ", StringComparison.Ordinal) || step is "SCAN s" || step.StartsWith("SCAN s ", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(steps);
            // In the order of an index of live sessions, which ends with the page; one person's few are sorted.
            Assert.All(steps, step => Assert.Matches(Served, step));
            Assert.True(
                plan.All(step => !step.Contains("FOR ORDER BY", StringComparison.Ordinal)) || steps.All(step => step.Contains("UserId=?", StringComparison.Ordinal)),
                string.Join('\n', plan));
            if (statement.StartsWith("SELECT COUNT(*)", StringComparison.Ordinal) && !statement.Contains("\"UserId\"", StringComparison.Ordinal))
            {
                // Very many may be counted: by the index alone, whatever else is asked of them.
                Assert.All(steps, step => Assert.DoesNotMatch(@"USING INDEX IX_Sessions_(Country|Browser|Os) ", step));
            }
        }
    }

    [Fact]
    public async Task Which_countries_there_are_is_one_statement_that_looks_into_an_index()
    {
        var counter = new CommandCounter();
        await using var host = await PortalHost.StartAsync(counter.AddTo);
        counter.Forget();

        await host.Get<ISessionAdmin>().KindsAsync(Token);

        var statement = Assert.Single(counter.Commands, command => command.Contains("\"Country\"", StringComparison.Ordinal));
        var plan = await host.PlanAsync(statement);
        Assert.EndsWith("USING COVERING INDEX IX_Sessions_Country (Country=?)", Assert.Single(plan, step => step.Contains(" s ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }
}
