using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Accounts.Administration.Board;
using Portal.Accounts.Events;
using Portal.Controls;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>Shows who is online and what happened lately, and keeps both fresh.</summary>
public sealed partial class BoardPanel : IDisposable
{
    private const string Month = "30d";

    /// <summary>What happened lately is counted from the log, which no event is a reason to do.</summary>
    private static readonly TimeSpan CountInterval = TimeSpan.FromMinutes(1);

    private LiveReading? _live;
    private LiveReading? _past;
    private OnlineInfo? _online;
    private IReadOnlyList<BoardPoint>? _history;
    private BoardSpan _span;

    /// <summary><c>30d</c> for the last 30 days; anything else shows the last 24 hours.</summary>
    [Parameter] public string? Over { get; set; }

    [Inject] private IBoardService Board { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    private IEnumerable<FilterChip> Chips =>
    [
        new("Last 24 hours", PortalUrls.AdminPath, _span is BoardSpan.Day),
        new("Last 30 days", $"{PortalUrls.AdminPath}?over={Month}", _span is BoardSpan.Month),
    ];

    public void Dispose()
    {
        _live?.Dispose();
        _past?.Dispose();
    }

    protected override void OnInitialized()
    {
        _live = new LiveReading(Time, LookAsync, DispatchExceptionAsync);
        _past = new LiveReading(Time, CountAsync, DispatchExceptionAsync);
        if (RendererInfo.IsInteractive)
        {
            _live.FollowAll(Events, InvokeAsync);
            _past.HintEvery(CountInterval, InvokeAsync);
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        var span = Over == Month ? BoardSpan.Month : BoardSpan.Day;
        if (_history is null || span != _span)
        {
            _span = span;
            await CountAsync();
        }
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private Task LookAsync()
    {
        _online = Board.Online();
        StateHasChanged();
        return Task.CompletedTask;
    }

    private async Task CountAsync()
    {
        var asked = _span;
        var history = await Board.HistoryAsync(asked, _past!.Closed);
        if (asked == _span)
        {
            _history = history;
            await LookAsync();
        }
    }
}
