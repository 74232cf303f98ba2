using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Accounts.Transfer;
using Portal.Testing;

namespace Portal.Tests.Accounts.Transfer;

/// <summary>A file among whose many people is one who is there already, by whatever they are known.</summary>
public sealed class MetPeopleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"email": "there@example.org", "username": "other"}""", "Another account has this address, with another username.")]
    [InlineData("""{"email": "new@example.org", "username": "there"}""", "Another account has this username.")]
    [InlineData("""{"email": "new@example.org", "identities": [{"method": "orcid", "external_id": "1"}]}""", "Another account has this identity of orcid.")]
    [InlineData("""{"email": "new@example.org", "passkey_handle": "another", "passkeys": [{"name": "Own", "credential_id": "AQID", "public_key": "BAUG"}]}""", "Another account has this passkey.")]
    [InlineData("""{"email": "there@example.org", "username": "there", "created": "2018-01-01T00:00:00Z"}""", null)]
    public async Task Is_told_and_the_others_come_once(string met, string? fault)
    {
        var changes = new ImportedPeopleTests.ToldChanges();
        await using var host = await PortalHost.StartAsync(options => options.ConfigureServices = services => services.AddSingleton<IAccountChangeSubscriber>(changes));
        await ImportAsync(
            host,
            """{"email": "there@example.org", "username": "there", "created": "2018-01-01T00:00:00Z", "identities": [{"method": "orcid", "external_id": "1"}], "passkey_handle": "one", "passkeys": [{"name": "Hers", "credential_id": "AQID", "public_key": "BAUG"}]}""");

        var (outcome, refused) = await ImportAsync(
            host,
            """{"email": "first@example.org", "second_factor": {"key": "AAECAwQFBgcICQoLDA0ODxAREhM="}, "login": {"login_count": 3}}""",
            met,
            """{"email": "last@example.org", "identities": [{"method": "orcid", "external_id": "2"}]}""",
            """{"email": "first@example.org"}""");

        Assert.Equal((2, fault is null ? 1 : 0), (outcome.Imported, outcome.AlreadyThere));
        Assert.Equal(fault is null ? ["The file has this address before."] : [fault, "The file has this address before."], refused);
        Assert.Equal(["there@example.org", "first@example.org", "last@example.org"], await host.QueryAsync(context => context.Users.OrderBy(user => user.Id).Select(user => user.Email).ToListAsync(Cancel)));
        Assert.Equal(3, await host.QueryAsync(context => context.UserCounts.SumAsync(row => row.Count, Cancel)));
        foreach (var _ in Enumerable.Range(0, 3))
        {
            Assert.Equal(AccountChangeKind.Created, (await changes.Told.Reader.ReadAsync(Cancel)).Kind);
        }

        // What follows is told after all that was told before.
        await host.CreateUserAsync("after@example.org");
        var after = (await host.QueryAsync(context => context.Users.SingleAsync(user => user.Email == "after@example.org", Cancel))).Id;
        Assert.Equal(after, (await changes.Told.Reader.ReadAsync(Cancel)).Id);
        // SQLite compares its index with the rows, and fails when they differ.
        await host.QueryAsync(context => context.Database.ExecuteSqlRawAsync("""INSERT INTO "UserText"("UserText", rank) VALUES ('integrity-check', 1)""", Cancel));
    }

    [Fact]
    public async Task A_passkey_that_a_line_has_twice_costs_that_line_alone()
    {
        await using var host = await PortalHost.StartAsync();

        var (outcome, refused) = await ImportAsync(
            host,
            """{"email": "twice@example.org", "passkey_handle": "one", "passkeys": [{"name": "Own", "credential_id": "AQID", "public_key": "BAUG"}, {"name": "Again", "credential_id": "AQID", "public_key": "BAUG"}]}""",
            """{"email": "other@example.org"}""");

        Assert.Equal((1, "A passkey is given twice."), (outcome.Imported, Assert.Single(refused)));
    }

    [Fact]
    public async Task Stay_as_they_are_though_their_role_is_gone_and_their_domain_blocked_since()
    {
        await using var host = await PortalHost.StartAsync();
        await host.Get<IRoleAdmin>().CreateAsync("keeper", null, Operator.CommandLine, Cancel);
        string[] people =
        [
            """{"email": "keeper@example.org", "created": "2018-01-01T00:00:00Z", "roles": ["keeper"]}""",
            """{"email": "left@blocked.example", "created": "2018-01-01T00:00:00Z", "active": true}""",
        ];
        await ImportAsync(host, people);
        await host.Get<IRoleAdmin>().DeleteAsync("keeper", Operator.CommandLine, cancellationToken: Cancel);
        await host.Get<IDomainAdmin>().SetAsync("blocked.example", "blocked", Operator.CommandLine, Cancel);

        foreach (var person in people)
        {
            var (outcome, refused) = await ImportAsync(host, person);
            Assert.Empty(refused);
            Assert.Equal((0, 1), (outcome.Imported, outcome.AlreadyThere));
        }
    }

    private static async Task<(ImportOutcome Outcome, List<string> Refused)> ImportAsync(PortalHost host, params string[] lines)
    {
        List<string> refused = [];
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        var outcome = await host.Get<ITransferAdmin>().ImportAsync(file, new ImportRequest(TransferFormat.JsonLines) { Refused = line => refused.Add(line.Reason) }, Cancel);
        return (outcome, refused);
    }
}
