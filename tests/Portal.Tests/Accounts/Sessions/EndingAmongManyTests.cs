using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Testing;
using Portal.Tests.Accounts.Data;

namespace Portal.Tests.Accounts.Sessions;

/// <summary>What an end costs does not grow with the sessions of others: read from SQLite's plans.</summary>
public sealed class EndingAmongManyTests
{
    /// <summary>Those that go with them.</summary>
    private const string Impersonations = @"^SEARCH s USING .*\(ImpersonatorSessionId=\?\)$";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Filters => ["one", "one of a user's", "by key", "expired"];

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task Ending_a_few_sessions_looks_them_up_and_walks_through_no_others(string which)
    {
        var counter = new CommandCounter();
        await using var host = await PortalHost.StartAsync(counter.AddTo);
        var user = await host.CreateUserAsync();
        using var browser = await host.BeginSessionAsync(user);
        var row = await host.RowAsync(await host.IdAsync(browser));
        var filter = which switch
        {
            "one" => SessionFilter.One(row.Id),
            "one of a user's" => SessionFilter.OneOf(user.Id, row.Id),
            "by key" => SessionFilter.Key(row.KeyHash!),
            _ => SessionFilter.Expired([row.Id], row.ExpiresAt),
        };
        counter.Forget();

        Assert.Equal(1, await host.Get<SessionEnder>().EndAsync(filter, new SessionEnd(SessionEndReason.Administrator), Token));

        var steps = await StepsAsync(host, counter);
        Assert.Equal(3, steps.Count);
        Assert.All(steps[..2], step => Assert.Matches(@"^SEARCH s USING .*\((Id|KeyHash)=\?\)$", step));
        Assert.Matches(Impersonations, steps[2]);
    }

    [Fact]
    public async Task Ending_all_sessions_of_a_user_walks_through_that_users_alone()
    {
        var counter = new CommandCounter();
        await using var host = await PortalHost.StartAsync(counter.AddTo);
        var user = await host.CreateUserAsync();
        using var browser = await host.BeginSessionAsync(user);
        counter.Forget();

        Assert.Equal(1, await host.Get<SessionEnder>().EndAsync(SessionFilter.AllOf(user.Id), new SessionEnd(SessionEndReason.Administrator), Token));

        Assert.Collection(
            await StepsAsync(host, counter),
            step => Assert.Matches(@"^SEARCH s USING .*\(UserId=\?", step),
            step => Assert.Matches(@"^SEARCH s USING .*\(Id=\?\)$", step),
            step => Assert.Matches(Impersonations, step));
    }

    /// <summary>How the captured statements go about the sessions.</summary>
    private static async Task<List<string>> StepsAsync(PortalHost host, CommandCounter counter)
    {
        List<string> steps = [];
        foreach (var statement in counter.Commands.Where(command => command.Contains("\"Sessions\" AS \"s\"", StringComparison.Ordinal)))
        {
            steps.AddRange((await host.PlanAsync(statement)).Where(step => step.StartsWith("SEARCH s ", StringComparison.Ordinal) || step.StartsWith("SCAN s", StringComparison.Ordinal)));
        }

        return steps;
    }
}
