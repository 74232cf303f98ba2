using Microsoft.AspNetCore.Components;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Audit;
using Portal.Accounts.Events;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Lists what happened to a user; new events come in at the top.</summary>
public sealed partial class UserEvents : IDisposable
{
    private const int PageSize = 25;

    private LiveReading? _live;
    private List<EventInfo>? _events;
    private string? _next;

    [Parameter, EditorRequired] public long UserId { get; set; }

    [Inject] private IEventAdmin Log { get; init; } = null!;

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
        var newest = await ReadAsync(after: null);
        if (_events is [var first, ..] && newest.Results.Any(happened => happened.Id <= first.Id))
        {
            _events.InsertRange(0, newest.Results.Where(happened => happened.Id > first.Id));
        }
        else
        {
            // At first, and where so many came that there may be others in between.
            (_events, _next) = ([.. newest.Results], newest.Next);
        }

        StateHasChanged();
    }

    private async Task LoadMoreAsync()
    {
        var older = await ReadAsync(_next);
        _events!.AddRange(older.Results);
        _next = older.Next;
    }

    private Task<ListPage<EventInfo>> ReadAsync(string? after) =>
        Log.ListAsync(new AuditFilter { SubjectId = UserId }, new ListWindow { Size = PageSize, After = after }, _live!.Closed);
}
