using Microsoft.EntityFrameworkCore;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;
using Portal.Testing;
using Portal.Tests.Accounts.Sessions;

namespace Portal.Tests.Accounts.Administration;

/// <summary>Everybody's sessions, as an operator lists and ends them.</summary>
public sealed class SessionAdminTests : IAsyncLifetime
{
    private const string Edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0";

    private PortalHost _host = null!;
    private TestUser _admin = null!;
    private TestUser _one = null!;
    private TestUser _other = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ISessionAdmin Admin => _host.Get<ISessionAdmin>();

    public async ValueTask InitializeAsync()
    {
        _host = await PortalHost.StartAsync();
        _admin = await _host.CreateUserAsync(roles: RoleNames.Administrator);
        _one = await _host.CreateUserAsync();
        _other = await _host.CreateUserAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Pages_show_every_live_session_once_the_newest_first_whatever_comes_meanwhile()
    {
        List<string> expected = [];
        for (var i = 0; i < 5; i++)
        {
            expected.Insert(0, await BeginAsync(i % 2 == 0 ? _one : _other));
            _host.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await _host.EndSessionAsync(expected[2], Token);
        expected.RemoveAt(2);

        var first = await Admin.ListAsync(new SessionSearch(), new ListWindow { Size = 2 }, Token);
        await BeginAsync(_other);
        var second = await Admin.ListAsync(new SessionSearch(), new ListWindow { Size = 2, After = first.Next }, Token);

        Assert.Equal(expected, first.Results.Concat(second.Results).Select(row => row.Session.Id));
        Assert.Equal(new ListTotal(4), first.Total);
        Assert.Null(second.Next);
        Assert.Equal(_other.Email, first.Results.Single(row => row.Session.UserId == _other.Id).Email);
    }

    [Fact]
    public async Task Each_filter_leaves_what_it_says_and_nothing_else()
    {
        var old = await BeginAsync(_one, address: "198.51.100.7");
        _host.Clock.Advance(TimeSpan.FromMinutes(5));
        var since = _host.Clock.GetUtcNow();
        var edge = await BeginAsync(_other, Edge, "198.51.100.8");
        using var tabs = await _host.BeginSessionAsync(_other);
        var open = await _host.IdAsync(tabs);
        await using var tab = await TrialTab.OpenAsync(_host, tabs);
        await _host.QueryAsync(context => context.Sessions.Where(row => row.Id == old).ExecuteUpdateAsync(row => row.SetProperty(session => session.Country, "PT"), Token));

        Assert.Equal([old], await IdsAsync(new SessionSearch { User = _one.Email }));
        Assert.Equal([old], await IdsAsync(new SessionSearch { User = _one.UserName }));
        Assert.Equal([old], await IdsAsync(new SessionSearch { User = $"{_one.Id}" }));
        Assert.Empty(await IdsAsync(new SessionSearch { User = "nobody@example.org" }));
        Assert.Equal([edge], await IdsAsync(new SessionSearch { Ip = "198.51.100.8" }));
        Assert.Equal([old], await IdsAsync(new SessionSearch { Country = "PT" }));
        Assert.Equal([edge], await IdsAsync(new SessionSearch { Browser = "Edge" }));
        Assert.Equal([edge], await IdsAsync(new SessionSearch { Os = "Windows" }));
        Assert.Equal([open], await IdsAsync(new SessionSearch { IsOnline = true }));
        Assert.Equal(new[] { open, edge }.Order(), (await IdsAsync(new SessionSearch { Since = since })).Order());
        Assert.Empty(await IdsAsync(new SessionSearch { Browser = "Edge", Country = "PT" }));
        Assert.Empty(await IdsAsync(new SessionSearch { IsImpersonation = true }));
    }

    [Fact]
    public async Task What_can_be_chosen_is_what_live_sessions_have()
    {
        var gone = await BeginAsync(_one, Edge);
        await BeginAsync(_other);
        await _host.EndSessionAsync(gone, Token);

        var kinds = await Admin.KindsAsync(Token);

        Assert.Equal(["Firefox"], kinds.Browsers);
        Assert.Equal(["Linux"], kinds.Systems);
        Assert.Empty(kinds.Countries);
    }

    [Fact]
    public async Task Every_country_there_is_can_be_chosen()
    {
        var some = await _host.RowAsync(await BeginAsync(_one));
        List<string> countries = [.. Enumerable.Range(0, 250).Select(i => $"{(char)('A' + (i / 26))}{(char)('A' + (i % 26))}")];
        await _host.QueryAsync(async context =>
        {
            foreach (var country in countries)
            {
                context.Add(new UserSession { Id = $"{some.Id[..^2]}{country}", UserId = some.UserId, ExpiresAt = some.ExpiresAt, Country = country });
            }

            return await context.SaveChangesAsync(Token);
        });

        Assert.Equal(countries, (await Admin.KindsAsync(Token)).Countries);
    }

    [Fact]
    public async Task The_operators_own_session_stays_whatever_is_chosen()
    {
        var by = await _host.OperatorAsync(_admin);
        var mine = await BeginAsync(_admin);
        var theirs = await BeginAsync(_one);

        Assert.IsType<AdminOutcome.Refused>(await Admin.EndAsync(SessionChoice.These(by.SessionId!), by, Token));
        var preview = await Admin.PreviewAsync(SessionChoice.Everybodys, by, Token);
        Assert.Equal(2, await _host.EndAsync(SessionChoice.Everybodys, by));

        Assert.Equal((2L, 2L, true), (preview.Sessions.Count, preview.People, preview.SparesOwn));
        Assert.Null((await _host.RowAsync(by.SessionId!)).EndedAt);
        Assert.NotNull((await _host.RowAsync(mine)).EndedAt);
        Assert.NotNull((await _host.RowAsync(theirs)).EndedAt);
    }

    [Fact]
    public async Task A_preview_counts_what_the_end_then_ends()
    {
        var by = await _host.OperatorAsync(_admin);
        await BeginAsync(_one);
        using var browser = await _host.BeginSessionAsync(_one);
        await using var tab = await TrialTab.OpenAsync(_host, browser);
        await BeginAsync(_other);
        var choice = SessionChoice.Matching(new SessionSearch { Browser = "Firefox" });

        var preview = await Admin.PreviewAsync(choice, by, Token);

        Assert.Equal((3L, 2L, 1L, true), (preview.Sessions.Count, preview.People, preview.Online, preview.SparesOwn));
        Assert.Equal(3, await _host.EndAsync(choice, by));
        Assert.NotNull(tab.Circuit.EndReason);
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task Ending_more_than_one_persons_needs_a_recent_proof_and_one_persons_does_not()
    {
        var by = await _host.OperatorAsync(_admin);
        _host.Clock.Advance(TimeSpan.FromMinutes(11));
        var (first, second, third) = (await BeginAsync(_one), await BeginAsync(_one), await BeginAsync(_other));

        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await Admin.EndAsync(SessionChoice.These(first, third), by, Token));
        Assert.IsType<AdminOutcome.NeedsRecentAuthentication>(await Admin.EndAsync(SessionChoice.Everybodys, by, Token));
        Assert.Equal(2, await _host.EndAsync(SessionChoice.These(first, second), by));
        Assert.Null((await _host.RowAsync(third)).EndedAt);
    }

    [Fact]
    [Trait("ASVS", "8.3.1")]
    public async Task Whoever_does_not_administer_ends_nothing()
    {
        var id = await BeginAsync(_other);
        var by = await _host.OperatorAsync(_one);

        Assert.IsType<AdminOutcome.NotAllowed>(await Admin.EndAsync(SessionChoice.These(id), by, Token));
        Assert.IsType<AdminOutcome.NotAllowed>(await Admin.EndAsync(SessionChoice.Everybodys, by, Token));
        Assert.Null(await Admin.CleanAsync(by, Token));
        Assert.Null((await _host.RowAsync(id)).EndedAt);
    }

    [Fact]
    public async Task The_log_says_which_operator_ended_a_session()
    {
        var id = await BeginAsync(_one);
        var by = await _host.OperatorAsync(_admin);
        await _host.EndAsync(SessionChoice.These(id), by);

        var row = await _host.QueryAsync(context => context.AuditEvents.SingleAsync(found => found.Kind == "session-ended" && found.SubjectId == _one.Id, Token));

        Assert.Equal((_admin.Id, by.SessionId), (row.ActorId, row.SessionId));
        Assert.Contains("administrator", row.Details, StringComparison.Ordinal);
        Assert.Equal(_admin.Id, (await _host.RowAsync(id)).EndedById);
    }

    [Fact]
    [Trait("ASVS", "7.5.3")]
    public async Task Very_many_end_in_several_transactions_by_one_proof_however_long_it_takes()
    {
        await InsertManyAsync();
        var by = await _host.OperatorAsync(_admin);
        List<long> told = [];

        var outcome = await Admin.EndAsync(SessionChoice.Everybodys, by, ended =>
        {
            told.Add(ended);
            _host.Clock.Advance(TimeSpan.FromMinutes(11));
        }, Token);

        Assert.Equal(new AdminOutcome.Done(2200), outcome);
        Assert.Equal([1000, 2000, 2200], told);
        Assert.Equal(by.SessionId, Assert.Single(await _host.AllSessionsAsync()).Id);
    }

    [Fact]
    public async Task A_stop_falls_between_two_transactions_and_says_how_many_ended()
    {
        await InsertManyAsync();
        using var stop = new CancellationTokenSource();

        var outcome = await Admin.EndAsync(SessionChoice.Everybodys, Operator.CommandLine, _ => stop.Cancel(), stop.Token);

        Assert.Equal(new AdminOutcome.Done(1000) { IsStopped = true }, outcome);
        Assert.Equal(1200, (await Admin.ListAsync(new SessionSearch(), new ListWindow(), Token)).Total.Count);
    }

    [Fact]
    public async Task A_session_that_is_not_there_is_said_to_be_missing_and_one_that_ended_to_be_so_already()
    {
        var id = await BeginAsync(_one);
        await _host.EndSessionAsync(id, Token);

        Assert.IsType<AdminOutcome.Unchanged>(await Admin.EndAsync(SessionChoice.These(id), Operator.CommandLine, Token));
        Assert.IsType<AdminOutcome.NotFound>(await Admin.EndAsync(SessionChoice.These(new string('0', 26)), Operator.CommandLine, Token));
    }

    private async Task InsertManyAsync()
    {
        var now = _host.Clock.GetUtcNow();
        await _host.InsertAsync(_one, 1500, now + TimeSpan.FromHours(12), now + TimeSpan.FromDays(30));
        await _host.InsertAsync(_other, 700, now + TimeSpan.FromHours(12), now + TimeSpan.FromDays(30));
    }

    private async Task<string> BeginAsync(TestUser user, string userAgent = PortalHost.Firefox, string address = "127.0.0.1")
    {
        using var browser = await _host.BeginSessionAsync(user, userAgent: userAgent, address: address);
        return await _host.IdAsync(browser);
    }

    private async Task<IReadOnlyList<string>> IdsAsync(SessionSearch search) =>
        [.. (await Admin.ListAsync(search, new ListWindow(), Token)).Results.Select(row => row.Session.Id)];
}
