using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Activity;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Testing;
using Portal.Tests.Accounts.Data;

namespace Portal.Tests.Accounts.Administration;

/// <summary>The log with more events than are counted, whatever is asked for: a page of it costs the same however many there are. Read from SQLite's plans.</summary>
public sealed class EventListPlansTests(EventListPlansTests.Crowded shared) : IClassFixture<EventListPlansTests.Crowded>
{
    private const int Crowd = ListTotal.Most + 50;

    private static readonly DateTimeOffset Early = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Late = Early.AddDays(1);

    private static readonly AuditFilter Group = new() { Kinds = ActivityGroups.KindsOf(ActivityGroup.SignIns) };
    private static readonly AuditFilter Kind = new() { Kinds = [AuditKind.SignInFailed] };
    private static readonly AuditFilter Person = new() { SubjectId = 700 };

    private static readonly Dictionary<string, AuditFilter> Filters = new()
    {
        ["everything"] = new(),
        ["a kind"] = Kind,
        ["a group"] = Group,
        ["since"] = new() { From = Early },
        ["until"] = new() { To = Late },
        ["a span"] = new() { From = Early, To = Late },
        ["a kind since"] = Kind with { From = Early },
        ["a kind in a span"] = Kind with { From = Early, To = Late },
        ["a group in a span"] = Group with { From = Early, To = Late },
        ["a person"] = Person,
        ["an actor"] = new() { ActorId = 700 },
        ["an address"] = new() { Address = "192.0.2.7" },
        ["a person, a kind"] = Person with { Kinds = Kind.Kinds },
        ["a person, a group, a span"] = Person with { Kinds = Group.Kinds, From = Early, To = Late },
        ["an actor, a kind, a span"] = Kind with { ActorId = 700, From = Early, To = Late },
        ["a person, an actor, an address"] = Person with { ActorId = 700, Address = "192.0.2.7" },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEventAdmin Events => shared.Host.Get<IEventAdmin>();

    public static TheoryData<string> Names => [.. Filters.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Very_many_are_neither_sorted_nor_looked_through(string name)
    {
        var first = await Events.ListAsync(Filters[name], new ListWindow { Size = 5 }, Token);
        shared.Counter.Forget();
        await Events.ListAsync(Filters[name], new ListWindow { Size = 5, After = first.Next }, Token);

        Assert.Equal(ListTotal.Many, first.Total);
        Assert.NotEmpty(shared.Counter.Commands);
        foreach (var statement in shared.Counter.Commands)
        {
            var plan = await shared.Host.PlanAsync(statement);
            Assert.All(plan, step => Assert.False(
                step.Contains("FOR ORDER BY", StringComparison.Ordinal) || ((step is "SCAN a" || step.StartsWith("SCAN a ", StringComparison.Ordinal)) && !IsWalk(name, statement)),
                $"{string.Join('\n', plan)}\n{statement}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Pages_are_of_what_is_asked_for_the_newest_first_there_and_back(string name)
    {
        var all = await shared.Host.QueryAsync(context => context.AuditEvents.Matching(Filters[name]).OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Select(row => row.Id).Take(6).ToListAsync(Token));

        var first = await Events.ListAsync(Filters[name], new ListWindow { Size = 3 }, Token);
        var second = await Events.ListAsync(Filters[name], new ListWindow { Size = 3, After = first.Next }, Token);
        var back = await Events.ListAsync(Filters[name], new ListWindow { Size = 3, Before = second.Previous }, Token);

        Assert.Equal(all[..3], first.Results.Select(row => row.Id));
        Assert.Equal(all[3..], second.Results.Select(row => row.Id));
        Assert.Equal(all[..3], back.Results.Select(row => row.Id));
    }

    [Fact]
    public async Task Few_of_another_condition_are_found_among_very_many()
    {
        await shared.Host.QueryAsync(context => context.AuditEvents.Where(row => row.Id == shared.FirstId + 9).ExecuteUpdateAsync(row => row.SetProperty(found => found.ActorId, 9), Token));

        var page = await Events.ListAsync(Group with { SubjectId = 700, ActorId = 9, From = Early }, new ListWindow(), Token);

        Assert.Equal(new ListTotal(1), page.Total);
        Assert.Equal(shared.FirstId + 9, Assert.Single(page.Results).Id);
    }

    /// <summary>In the order of the list to the end of its page, or to the last that is counted.</summary>
    private static bool IsWalk(string name, string statement) => name is "everything" or "a group" && statement.Contains("LIMIT", StringComparison.Ordinal);

    public sealed class Crowded : IAsyncLifetime
    {
        internal CommandCounter Counter { get; } = new();

        public PortalHost Host { get; private set; } = null!;

        public long FirstId { get; private set; }

        public async ValueTask InitializeAsync()
        {
            Host = await PortalHost.StartAsync(Counter.AddTo);
            var start = Early.UtcTicks;
            await Host.QueryAsync(context => context.Database.ExecuteSqlAsync(
                $"""
                WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {Crowd})
                INSERT INTO "AuditEvents" ("At", "Kind", "SubjectId", "ActorId", "Ip") SELECT {start} + n, 'sign-in-failed', 700, 700, '192.0.2.7' FROM numbers
                """, Token));
            FirstId = await Host.QueryAsync(context => context.AuditEvents.Where(row => row.SubjectId == 700).MinAsync(row => row.Id, Token));
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
