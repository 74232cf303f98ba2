using Portal.Accounts.Administration.Board;
using Portal.Testing;
using Portal.Tests.Accounts.Data;
using Portal.Tests.Accounts.Sessions;

namespace Portal.Tests.Accounts.Administration;

public sealed class BoardServiceTests : IAsyncLifetime
{
    private readonly CommandCounter _counter = new();
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IBoardService Board => _host.Get<IBoardService>();

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync(_counter.AddTo);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task People_sessions_and_tabs_are_counted_each_for_themselves()
    {
        var (one, other) = (await _host.CreateUserAsync(), await _host.CreateUserAsync());
        using var firefox = await _host.BeginSessionAsync(one);
        using var second = await _host.BeginSessionAsync(one);
        using var others = await _host.BeginSessionAsync(other);
        await using var tab = await TrialTab.OpenAsync(_host, firefox);
        await using var more = await TrialTab.OpenAsync(_host, second);
        await using var theirs = await TrialTab.OpenAsync(_host, others);
        tab.Circuit.Shows("/account", work => work());
        more.Circuit.Shows("/account", work => work());
        theirs.Circuit.Shows("/account/profile", work => work());

        var online = Board.Online();
        Assert.Equal((2, 3, 3), (online.People, online.Sessions, online.Tabs));
        Assert.Equal([new("/account", 2), new("/account/profile", 1)], online.Pages);
        Assert.Equal([new("", 3)], online.Countries);

        await more.LoseAsync();
        Assert.Equal((2, 2, 2), (Board.Online().People, Board.Online().Sessions, Board.Online().Tabs));
    }

    [Fact]
    public async Task Events_fall_into_their_hour_and_their_day()
    {
        var user = await _host.CreateUserAsync();
        using var client = _host.CreateClient();
        (await PortalHost.SignInAsync(client, user, password: "not the password at all", cancellationToken: Token)).Dispose();
        using var early = await _host.BeginSessionAsync(user);
        _host.Clock.Advance(TimeSpan.FromHours(2));
        using var late = await _host.BeginSessionAsync(user);

        var day = await Board.HistoryAsync(BoardSpan.Day, Token);
        var month = await Board.HistoryAsync(BoardSpan.Month, Token);

        Assert.Equal(24, day.Count);
        Assert.Equal((1, 0), (day[^1].SignIns, day[^1].Failures));
        Assert.Equal((1, 1), (day[^3].SignIns, day[^3].Failures));
        Assert.Equal(30, month.Count);
        Assert.Equal((2, 1), (month.Sum(point => point.SignIns), month.Sum(point => point.Failures)));
        Assert.True(day[^1].From <= _host.Clock.GetUtcNow());
    }

    [Fact]
    public async Task What_is_over_is_counted_once_and_the_running_hour_each_time()
    {
        _host.Clock.Advance(TimeSpan.FromMinutes(65 - _host.Clock.GetUtcNow().Minute));
        await Board.HistoryAsync(BoardSpan.Day, Token);
        _counter.Forget();

        await Board.HistoryAsync(BoardSpan.Day, Token);

        // One a kind.
        Assert.Equal(4, _counter.Commands.Count(command => command.Contains("\"AuditEvents\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Counting_reads_a_range_of_an_index_and_nothing_of_the_table()
    {
        _counter.Forget();
        await Board.HistoryAsync(BoardSpan.Day, Token);

        var statement = _counter.Commands.First(command => command.Contains("\"AuditEvents\"", StringComparison.Ordinal));
        Assert.Equal(["SEARCH a USING COVERING INDEX IX_AuditEvents_Kind_At (Kind=? AND At>? AND At<?)"], await _host.PlanAsync(statement));
    }
}
