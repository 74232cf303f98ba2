using System.Text.RegularExpressions;
using Portal.Accounts.Administration;
using Portal.Accounts.Transfer;
using Portal.Testing;

namespace Portal.Tests.Accounts.Data;

/// <summary>Of a list of texts each is looked up in an index, so that it costs the same however many people there are.</summary>
public sealed partial class ListedTextsTests
{
    private static readonly Dictionary<string, Func<PortalHost, Task>> Uses = new()
    {
        ["a file of users"] = host => ImportAsync(host, isDryRun: false),
        ["a file of users, tried"] = host => ImportAsync(host, isDryRun: true),
        ["what blocking a domain would do"] = host => host.Get<IDomainAdmin>().PreviewAsync("example.org", "blocked", Token),
        ["what verifying a domain would do"] = host => host.Get<IDomainAdmin>().PreviewAsync("example.org", "verified", Token),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Uses.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nobody_is_read_beside_whom_it_names(string use)
    {
        var counter = new CommandCounter();
        await using var host = await PortalHost.StartAsync(counter.AddTo);
        await host.CreateUserAsync("ada@example.org");
        counter.Forget();

        await Uses[use](host);

        var statements = counter.Commands.Where(command => command.Contains("json_each", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(statements);
        foreach (var statement in statements)
        {
            var plan = await host.PlanAsync(statement);
            Assert.All(
                OfPeople().Matches(statement).Select(table => table.Groups["alias"].Value),
                alias => Assert.DoesNotContain(plan, step => step == $"SCAN {alias}" || step.StartsWith($"SCAN {alias} ", StringComparison.Ordinal)));
        }
    }

    private static async Task ImportAsync(PortalHost host, bool isDryRun)
    {
        using var file = new MemoryStream("""{"email":"new@example.org","username":"new","active":true,"identities":[{"method":"orcid","external_id":"1"}]}"""u8.ToArray());
        var outcome = await host.Get<ITransferAdmin>().ImportAsync(file, new ImportRequest(TransferFormat.JsonLines) { IsDryRun = isDryRun }, Token);
        Assert.Equal(new ImportOutcome(1, 0, 0), outcome);
    }

    [GeneratedRegex("\"(Users|UserCounts|Identities)\" AS \"(?<alias>\\w+)\"")]
    private static partial Regex OfPeople();
}
