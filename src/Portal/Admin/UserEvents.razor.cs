using Microsoft.AspNetCore.Components;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Lists what happened to a user; new events come in at the top.</summary>
public sealed partial class UserEvents : IDisposable
{
    private const int PageSize = 25;

    private LiveReading? _live;
    private List<UserEventInfo>? _events;
    private bool _hasMore;

    [Parameter, EditorRequired] public long UserId { get; set; }

    [Inject] private IUserAdmin Users { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadNewestAsync, DispatchExceptionAsync);
        if (RendererInfo.IsInteractive)
        {
            // Tabs come and go without leaving an event.
            _live.Follow(Events, UserId, InvokeAsync, happened => happened is not AccountEvent.TabsChanged);
        }

        await ReadNewestAsync();
    }

    private async Task ReadNewestAsync()
    {
        var newest = await Users.EventsAsync(UserId, before: null, PageSize, _live!.Closed);
        if (_events is [var first, ..] && newest.Any(happened => happened.Id <= first.Id))
        {
            _events.InsertRange(0, newest.Where(happened => happened.Id > first.Id));
        }
        else
        {
            // At first, and where so many came that there may be others in between.
            (_events, _hasMore) = ([.. newest], newest.Count == PageSize);
        }

        StateHasChanged();
    }

    private async Task LoadMoreAsync()
    {
        var older = await Users.EventsAsync(UserId, _events![^1].Id, PageSize, _live!.Closed);
        _events.AddRange(older);
        _hasMore = older.Count == PageSize;
    }
}
