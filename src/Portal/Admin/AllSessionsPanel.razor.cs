using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Controls;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>Lists live sessions and ends one, some or all that match; never the one that asks.</summary>
public sealed partial class AllSessionsPanel : IDisposable
{
    private readonly ListSelection _selection = new();
    private LiveReading? _live;
    private ListPage<LiveSessionInfo>? _page;
    private SessionSearch _search = new();
    private ClaimsPrincipal _person = new();
    private string? _shown;
    private string _announcement = "";
    private int _announced;

    // While many end: what stops it, how many there were and how many have ended.
    private CancellationTokenSource? _stop;
    private ListTotal _ending;
    private long _ended;

    /// <summary>What is listed.</summary>
    [Parameter, EditorRequired] public ListAddress Address { get; set; } = null!;

    [Inject] private ISessionAdmin Sessions { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    private IEnumerable<FilterChip> Chips =>
    [
        new("All", Address.With((SessionAddress.Show, null)), Address[SessionAddress.Show] is null),
        new("Online now", Address.With((SessionAddress.Show, SessionAddress.Online)), _search.IsOnline),
        new("Administrators as others", Address.With((SessionAddress.Show, SessionAddress.Acting)), _search.IsImpersonation),
    ];

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        if (RendererInfo.IsInteractive)
        {
            _live.FollowAll(Events, InvokeAsync, happened => happened is not (AccountEvent.SignInFailed or AccountEvent.PageShown));
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        var asked = Address.With() + Address[ListAddress.AfterName] + Address[ListAddress.BeforeName] + Address[ListAddress.LastName];
        if (asked == _shown)
        {
            return;
        }

        var search = SessionAddress.SearchOf(Address);
        if (search != _search)
        {
            // What was ticked need not be among what is listed now.
            _selection.Clear();
        }

        (_shown, _search) = (asked, search);
        await ReadAsync();
    }

    private static string NameOf(LiveSessionInfo row) => $"{row.Session.Agent.Describe()} of {row.Email}";

    private bool IsOwn(LiveSessionInfo row) => row.Session.Id == _person.SessionId();

    private async Task ReadAsync()
    {
        if (!SessionAddress.IsUnderstood(Address))
        {
            return;
        }

        var asked = _shown;
        var page = await Sessions.ListAsync(_search, Address.Window(25), _live!.Closed);
        if (asked == _shown)
        {
            _page = page;
            StateHasChanged();
        }
    }

    private async Task EndAsync(LiveSessionInfo row)
    {
        // Asked for is asked for, even if this tab closes now.
        Tell(await Sessions.EndAsync(SessionChoice.These(row.Session.Id), Operator.Of(_person), CancellationToken.None), $"{NameOf(row)} has ended.");
        _selection.Set(row.Session.Id, isTicked: false);
        _ = _live!.HintAsync();
    }

    private async Task AskAsync(SessionChoice which)
    {
        var preview = await Sessions.PreviewAsync(which, Operator.Of(_person), _live!.Closed);
        if (preview.Sessions.Count == 0)
        {
            Announce(preview.SparesOwn ? "Your own session stays. Sign out on your own page." : "There is no such session any more.");
            return;
        }

        var verb = $"End {SessionCounts.Sessions(preview.Sessions)}";
        if (!await ConfirmDialog.AskAsync(Dialogs, $"{verb}?", SessionCounts.Sentence(preview), verb))
        {
            return;
        }

        if (await OperatorChange.RunAsync(Dialogs, _person, by => EndAsync(which, by, preview.Sessions)) is { } outcome)
        {
            _selection.Clear();
            Tell(outcome, outcome is AdminOutcome.Done done ? SessionCounts.Ended(done) : "");
        }

        _ = _live!.HintAsync();
    }

    /// <summary>Ends many, showing how far it is. Only its button stops it: asked for is asked for, even if this tab closes now.</summary>
    private async Task<AdminOutcome> EndAsync(SessionChoice which, Operator by, ListTotal total)
    {
        // Not disposed of: a press that was on its way when it ended must find it.
        var stop = new CancellationTokenSource();
        (_stop, _ending, _ended) = (stop, total, 0);
        StateHasChanged();
        try
        {
            // SQLite waits for its file without giving the thread back: what says that it is at work goes to the browser first.
            await Task.Yield();
            return await Sessions.EndAsync(which, by, ended => _ = InvokeAsync(() =>
            {
                _ended = ended;
                StateHasChanged();
            }), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new AdminOutcome.Done { IsStopped = true };
        }
        finally
        {
            _stop = null;
        }
    }

    private void Tell(AdminOutcome outcome, string done) => Announce(outcome switch
    {
        AdminOutcome.Done => done,
        AdminOutcome.Unchanged or AdminOutcome.NotFound => "It had ended already.",
        AdminOutcome.Refused refused => refused.Errors[0].Message,
        _ => "You may not end sessions, or no longer.",
    });

    private void Announce(string words) => (_announcement, _announced) = (words, _announced + 1);
}
