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

    /// <summary>Hours end without an event.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMinutes(1);

    private LiveReading? _live;
    private ITimer? _clock;
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
        _clock?.Dispose();
    }

    protected override void OnInitialized()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        if (RendererInfo.IsInteractive)
        {
            _live.FollowAll(Events, InvokeAsync);
            _clock = Time.CreateTimer(_ => _ = InvokeAsync(_live.HintAsync), state: null, LookInterval, LookInterval);
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        var span = Over == Month ? BoardSpan.Month : BoardSpan.Day;
        if (_history is null || span != _span)
        {
            _span = span;
            await ReadAsync();
        }
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private async Task ReadAsync()
    {
        var asked = _span;
        var history = await Board.HistoryAsync(asked, _live!.Closed);
        if (asked == _span)
        {
            (_online, _history) = (Board.Online(), history);
            StateHasChanged();
        }
    }
}
