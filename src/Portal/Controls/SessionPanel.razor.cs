using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;

namespace Portal.Controls;

/// <summary>Shows a person's own sessions and ends them.</summary>
/// <remarks>
/// Events are hints to read again. The first is followed at once; a burst is gathered into one reading per
/// <see cref="Pause"/>, and the last hint is never dropped.
/// </remarks>
public sealed partial class SessionPanel : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<SessionInfo>? _sessions;
    private ClaimsPrincipal _person = new();
    private IDisposable? _subscription;
    private string _announcement = "";
    private int _announced;
    private bool _reading;
    private bool _stale;

    [Inject] private ISessionService Sessions { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    private IReadOnlyList<SessionInfo> Live => [.. _sessions?.Where(session => session.EndedAt is null) ?? []];

    private IReadOnlyList<SessionInfo> Ended => [.. _sessions?.Where(session => session.EndedAt is not null) ?? []];

    private int Others => Live.Count(session => !session.IsCurrent);

    public void Dispose()
    {
        _subscription?.Dispose();
        // Not disposed: a reading under way still asks for its token.
        _closed.Cancel();
    }

    protected override async Task OnInitializedAsync()
    {
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        if (RendererInfo.IsInteractive && _person.UserId() is { } userId)
        {
            _subscription = Events.Subscribe(happened =>
            {
                if (happened.UserId == userId)
                {
                    _ = InvokeAsync(HintAsync);
                }
            });
        }

        _sessions = await Sessions.ListAsync(_person, _closed.Token);
    }

    /// <summary>Reads again now, or right after the reading that is under way.</summary>
    private async Task HintAsync()
    {
        _stale = true;
        if (_reading)
        {
            return;
        }

        _reading = true;
        try
        {
            while (_stale && !_closed.IsCancellationRequested)
            {
                _stale = false;
                Show(await Sessions.ListAsync(_person, _closed.Token));
                await Task.Delay(Pause, Time, _closed.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The tab closed.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
        finally
        {
            _reading = false;
        }
    }

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
                ([var one], []) => $"{one.Agent.Describe()} signed in.",
                ([], [var one]) => $"{one.Agent.Describe()} is signed out.",
                _ => string.Create(CultureInfo.CurrentCulture, $"{came.Count} sessions began, {went.Count} ended."),
            });
        }

        StateHasChanged();
    }

    private void Announce(string words) => (_announcement, _announced) = (words, _announced + 1);

    private async Task EndAsync(SessionInfo session)
    {
        // Asked for is asked for, even if this tab closes now.
        if (!await Sessions.EndAsync(_person, session.Id, CancellationToken.None))
        {
            Announce($"{session.Agent.Describe()} was signed out already.");
        }

        _ = HintAsync();
    }

    private async Task AskToEndOthersAsync()
    {
        var others = Others;
        var what = others == 1 ? "1 other session ends" : string.Create(CultureInfo.CurrentCulture, $"{others} other sessions end");
        if (await ConfirmDialog.AskAsync(Dialogs, "Sign out everywhere else?", $"{what} now, and open pages there close at once. This device stays signed in.", "Sign out everywhere else"))
        {
            await Sessions.EndOthersAsync(_person, CancellationToken.None);
            _ = HintAsync();
        }
    }
}
