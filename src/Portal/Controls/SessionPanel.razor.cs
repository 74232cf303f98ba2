using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;

namespace Portal.Controls;

/// <summary>Shows a person's own sessions and ends them.</summary>
public sealed partial class SessionPanel : IDisposable
{
    /// <summary>Being seen on pages without a circuit is no event; the database knows of it to the minute.</summary>
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(1);

    private LiveReading? _live;
    private IReadOnlyList<SessionInfo>? _sessions;
    private ClaimsPrincipal _person = new();
    private string _announcement = "";
    private int _announced;

    [Inject] private ISessionService Sessions { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    private IReadOnlyList<SessionInfo> Live => [.. _sessions?.Where(session => session.EndedAt is null) ?? []];

    private IReadOnlyList<SessionInfo> Ended => [.. _sessions?.Where(session => session.EndedAt is not null) ?? []];

    private int Others => Live.Count(session => !session.IsCurrent);

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        if (RendererInfo.IsInteractive && _person.UserId() is { } userId)
        {
            _live.Follow(Events, userId, InvokeAsync);
            _live.HintEvery(LookAgainAfter, InvokeAsync);
        }

        _sessions = await Sessions.ListAsync(_person, _live.Closed);
    }

    private async Task ReadAsync() => Show(await Sessions.ListAsync(_person, _live!.Closed));

    private void Show(IReadOnlyList<SessionInfo> now)
    {
        var isFirst = _sessions is null;
        var before = Live.Select(session => session.Id).ToHashSet();
        _sessions = now;
        var came = Live.Where(session => !before.Contains(session.Id)).ToList();
        var went = Ended.Where(session => before.Contains(session.Id)).ToList();
        if (!isFirst && came.Count + went.Count > 0)
        {
            Announce((came, went) switch
            {
                ([var one], []) => $"{SessionWords.Name(one)} signed in.",
                ([], [var one]) => $"{SessionWords.Name(one)} is signed out.",
                _ => string.Create(CultureInfo.CurrentCulture, $"{came.Count} sessions began, {went.Count} ended."),
            });
        }

        StateHasChanged();
    }

    private void Announce(string words) => (_announcement, _announced) = (words, _announced + 1);

    private async Task EndAsync(BusyCall call, SessionInfo session)
    {
        // Asked for is asked for, even if this tab closes now.
        if (await ProvedAsync(call, () => Sessions.EndAsync(_person, session.Id, CancellationToken.None)) is EndOutcome.NotFound)
        {
            Announce($"{SessionWords.Name(session)} was signed out already.");
        }

        _ = _live!.HintAsync();
    }

    private async Task AskToEndOthersAsync(BusyCall call)
    {
        var others = Others;
        var what = others == 1 ? "1 other session ends" : string.Create(CultureInfo.CurrentCulture, $"{others} other sessions end");
        if (await call.AskAsync(ConfirmDialog.AskAsync(
            Dialogs, "Sign out everywhere else?", $"{what} now, and open pages there close at once. Other browsers that you trusted are asked for a code again. This device stays signed in.", "Sign out everywhere else")))
        {
            await ProvedAsync(call, () => Sessions.EndOthersAsync(_person, CancellationToken.None));
            _ = _live!.HintAsync();
        }
    }

    private async Task<EndOutcome> ProvedAsync(BusyCall call, Func<Task<EndOutcome>> end)
    {
        var outcome = await end();
        return outcome is EndOutcome.NeedsRecentAuthentication && await call.AskAsync(StepUpDialog.AskAsync(Dialogs)) ? await end() : outcome;
    }
}
