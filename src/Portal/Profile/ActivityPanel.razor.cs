using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Activity;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Controls;

namespace Portal.Profile;

/// <summary>Shows a person's own security events and takes "This wasn't me".</summary>
/// <remarks>A reading brings the newest page; what is new in it is put in front of what is shown already.</remarks>
public sealed partial class ActivityPanel : IDisposable
{
    private const int PageSize = 25;

    private LiveReading? _live;
    private List<ActivityInfo>? _events;
    private ActivityGroup? _group;
    private string? _shown;
    private long? _next;
    private ClaimsPrincipal _person = new();
    private ElementReference _end;
    private string _announcement = "";
    private int _announced;
    private bool _loadedMore;
    private bool _focusEnd;

    /// <summary>The name of the group to show; anything else shows everything.</summary>
    [Parameter] public string? Show { get; set; }

    [Inject] private IActivityService Activity { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [Inject] private IOptions<AccountsOptions> Accounts { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadNewestAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        if (RendererInfo.IsInteractive && _person.UserId() is { } userId)
        {
            // Tabs come and go without leaving an event.
            _live.Follow(Events, userId, InvokeAsync, happened => happened is not AccountEvent.TabsChanged);
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_events is not null && _shown == Show)
        {
            return;
        }

        (_shown, _group, _loadedMore) = (Show, ActivityGroups.FromName(Show), false);
        var asked = Show;
        var list = await ReadAsync(before: null);
        if (asked == _shown)
        {
            (_events, _next) = ([.. list.Results], list.Next);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusEnd)
        {
            _focusEnd = false;
            await _end.FocusAsync();
        }
    }

    private Task<ActivityList> ReadAsync(long? before) =>
        Activity.ListAsync(_person, _group is { } group ? ActivityGroups.KindsOf(group) : null, before, PageSize, _live!.Closed);

    private async Task ReadNewestAsync()
    {
        var asked = _shown;
        var newest = await ReadAsync(before: null);
        if (asked == _shown)
        {
            PutInFront(newest);
        }
    }

    private void PutInFront(ActivityList newest)
    {
        var last = _events is [var first, ..] ? first.Id : 0;
        var came = newest.Results.Where(happened => happened.Id > last).ToList();
        if (_events is null || came.Count == 0)
        {
            return;
        }

        if (came.Count == newest.Results.Count)
        {
            // There may be others between these and what is shown.
            (_events, _next) = ([], newest.Next);
        }

        _events.InsertRange(0, came);
        Announce(came is [var one] ? $"New: {ActivityWords.Of(one)}." : string.Create(CultureInfo.CurrentCulture, $"{came.Count} new events."));
        StateHasChanged();
    }

    private async Task LoadMoreAsync()
    {
        var asked = _shown;
        var older = await ReadAsync(_next);
        if (asked == _shown && _events is not null)
        {
            _events.AddRange(older.Results);
            (_next, _loadedMore, _focusEnd) = (older.Next, true, older.Next is null);
        }
    }

    private async Task ReportAsync(BusyCall call, ActivityInfo happened)
    {
        var choosesPassword = Accounts.Value.PasswordChange;
        if (!await call.AskAsync(NotMeDialog.AskAsync(Dialogs, happened, choosesPassword)))
        {
            return;
        }

        // Asked for is asked for, even if this tab closes now.
        var outcome = await Activity.ReportAsync(_person, happened.Id, CancellationToken.None);
        if (outcome is NotMeOutcome.NeedsRecentAuthentication && await call.AskAsync(StepUpDialog.AskAsync(Dialogs)))
        {
            outcome = await Activity.ReportAsync(_person, happened.Id, CancellationToken.None);
        }

        if (RefusalOf(outcome) is { } words)
        {
            Announce(words);
            return;
        }

        Navigation.NavigateTo(choosesPassword ? PortalUrls.PasswordAfterReport() : PortalUrls.SessionsPath);
    }

    /// <summary>What keeps them here; null when it is done and they are led on.</summary>
    private static string? RefusalOf(NotMeOutcome outcome) => outcome switch
    {
        NotMeOutcome.NotFound => "This event is no longer there.",
        NotMeOutcome.Impersonating => ImpersonationWords.Refused,
        NotMeOutcome.NeedsRecentAuthentication => "Nothing was changed. Confirm that it is you. If you got a mail about that sign-in, its link \"This wasn't me\" asks for nothing more.",
        NotMeOutcome.AddressLost => "It is signed out. But the address your account had before belongs to another account by now, or may not be used here any more. Ask the people who run this site, and choose a new password.",
        _ => null,
    };

    private void Announce(string words) => (_announcement, _announced) = (words, _announced + 1);
}
