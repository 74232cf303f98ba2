using Portal.Accounts.Audit;
using Portal.Testing;
using Portal.Tests.Accounts.Data;
using Portal.Tests.Accounts.Profiles;

namespace Portal.Tests.Accounts.Audit;

/// <summary>What a person's own events cost does not grow with the log: read from SQLite's plans.</summary>
public sealed class EventsAmongManyTests : IAsyncLifetime
{
    private readonly CommandCounter _counter = new();
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await OwnAccountHost.StartAsync(_counter.AddTo);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Erasing_a_person_walks_through_what_is_about_them_and_what_they_did_alone()
    {
        _counter.Forget();

        await _host.QueryAsync(context => AuditLog.EraseAsync(context, 1, Token));

        Assert.Collection(
            await StepsAsync("UPDATE \"AuditEvents\""),
            step => Assert.Matches(@"^SEARCH a USING .*\(SubjectId=\?\)$", step),
            step => Assert.Matches(@"^SEARCH a USING .*\(ActorId=\?\)$", step));
    }

    [Fact]
    public async Task Exporting_walks_through_what_is_about_the_person_and_what_they_did_alone_in_its_own_order()
    {
        var (_, person) = await _host.NewPersonAsync();
        _counter.Forget();

        await ExportedDocument.OfAsync(_host, person);

        Assert.Collection(
            await StepsAsync("SELECT"),
            step => Assert.Matches(@"^SEARCH a USING .*\(SubjectId=\? AND Id>\?\)$", step),
            step => Assert.Matches(@"^SEARCH a USING .*\(ActorId=\? AND Id>\?\)$", step));
    }

    /// <summary>How the captured statements about a person's events go about it.</summary>
    private async Task<IReadOnlyList<string>> StepsAsync(string verb)
    {
        List<string> steps = [];
        foreach (var statement in _counter.Commands.Where(command =>
            command.StartsWith(verb, StringComparison.Ordinal)
            && command.Contains("\"AuditEvents\" AS \"a\"", StringComparison.Ordinal)
            && (command.Contains("\"SubjectId\" =", StringComparison.Ordinal) || command.Contains("\"ActorId\" =", StringComparison.Ordinal))))
        {
            steps.AddRange(await _host.PlanAsync(statement));
        }

        return steps;
    }
}
