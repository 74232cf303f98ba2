using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Administration.Board;
using Portal.Accounts.Events;
using Portal.Admin;
using Portal.Tests.Web.Profile;

namespace Portal.Tests.Web.Admin;

public sealed class BoardPanelTests : IAsyncLifetime
{
    private readonly PanelContext _panel = new();
    private readonly FakeBoard _board = new();

    public BoardPanelTests() => _panel.Services.AddSingleton<IBoardService>(_board);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _panel.DisposeAsync();

    [Fact]
    public void Who_is_online_follows_events_and_the_log_is_counted_once_a_minute()
    {
        var panel = _panel.Render<BoardPanel>();

        for (var people = 1; people <= 5; people++)
        {
            _board.People = people;
            _panel.Events.Publish(new AccountEvent.UserChanged(people));
            _panel.Clock.Advance(TimeSpan.FromSeconds(1));
            panel.WaitForAssertion(() => Assert.Equal($"{_board.People}", panel.Find("dl.figures dd").TextContent));
        }

        Assert.Equal(1, _board.Counted);
        _panel.Clock.Advance(TimeSpan.FromMinutes(1));
        panel.WaitForAssertion(() => Assert.Equal(2, _board.Counted));
    }

    [Fact]
    public async Task Whatever_happens_it_is_drawn_four_times_a_second_at_most()
    {
        var panel = _panel.Render<BoardPanel>();
        // Past the pause after the first look.
        _panel.Clock.Advance(TimeSpan.FromSeconds(1));
        await panel.InvokeAsync(() => { });
        var before = panel.RenderCount;

        for (var people = 1; people <= 20; people++)
        {
            _board.People = people;
            _panel.Events.Publish(new AccountEvent.UserChanged(people));
            await panel.InvokeAsync(() => { });
            _panel.Clock.Advance(TimeSpan.FromMilliseconds(49));
            await panel.InvokeAsync(() => { });
        }

        Assert.InRange(panel.RenderCount - before, 1, 4);
        _panel.Clock.Advance(TimeSpan.FromSeconds(1));
        panel.WaitForAssertion(() => Assert.Equal("20", panel.Find("dl.figures dd").TextContent));
    }

    private sealed class FakeBoard : IBoardService
    {
        public int People { get; set; }

        public int Counted { get; private set; }

        public OnlineInfo Online() => new(People, 0, 0, [], []);

        public Task<IReadOnlyList<BoardPoint>> HistoryAsync(BoardSpan span, CancellationToken cancellationToken)
        {
            Counted++;
            return Task.FromResult<IReadOnlyList<BoardPoint>>([new BoardPoint(DateTimeOffset.UnixEpoch, 0, 0, 0)]);
        }
    }
}
