using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;

namespace Portal.Controls;

/// <summary>Guards an interactive page.</summary>
/// <remarks>
/// When the session ends, its content is taken out of the page and the browser sent to the words that say why; the
/// circuit's own gate refuses events from the same moment. When a lost or paused connection returns as somebody else's, the
/// content goes too and the browser asks for the page anew, as who it is now. When roles, names or wishes change, the static shell
/// around the page is fetched anew, which also turns away from pages that may no longer be seen. A fault in the page takes
/// its content out and says so; the circuit lives on, and with it this guard.
/// </remarks>
public sealed partial class LivePage : IDisposable
{
    /// <summary>Real time, whatever the portal's clock says: the answer it waits for travels in it.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(1);

    private static readonly HashSet<string> ShownTypes =
    [
        ClaimTypes.Name, ClaimTypes.Role,
        SessionClaims.FullNameType, SessionClaims.PictureType, SessionClaims.ZoneType,
    ];

    private readonly CancellationTokenSource _closed = new();
    private IDisposable? _leaving;
    private ErrorBoundary? _faults;
    private bool _gone;
    private bool _ended;
    private string? _shown;

    [Inject] private ICircuitSession CircuitSession { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Parameter, EditorRequired] public RenderFragment ChildContent { get; set; } = null!;

    /// <summary>Where the browser goes when the session ends, for a page that knows more of it than the reason; null, the default, or an answer of null for the words on the reason.</summary>
    [Parameter] public Func<SessionEndReason, string?>? FarewellFor { get; set; }

    /// <summary>
    /// The public id of the session for which the page was made. Travels with the page to its circuit, and with a paused
    /// circuit to the one that goes on for it.
    /// </summary>
    [PersistentState] public string? MadeFor { get; set; }

    public void Dispose()
    {
        _closed.Cancel();
        _leaving?.Dispose();
        Authentication.AuthenticationStateChanged -= PersonChanged;
    }

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            MadeFor = (await Authentication.GetAuthenticationStateAsync()).User.SessionId();
            return;
        }

        if (CircuitSession.SessionId is null || CircuitSession.SessionId != (MadeFor ?? CircuitSession.SessionId))
        {
            // The session ended between the page and its circuit, or the shell around it is another person's. Asked for
            // anew, the address answers with the reason, or to who it is now.
            await LeaveAsync(reason: null);
            return;
        }

        MadeFor = CircuitSession.SessionId;

        CircuitSession.Shows(new Uri(Navigation.Uri).AbsolutePath, InvokeAsync);
        _leaving = CircuitSession.OnOver(reason => _ = InvokeAsync(() => LeaveAsync(reason)));
        _shown = Shown((await Authentication.GetAuthenticationStateAsync()).User);
        Authentication.AuthenticationStateChanged += PersonChanged;
    }

    /// <summary>What the shell shows of a person, and what it tells the page's script.</summary>
    private static string Shown(ClaimsPrincipal person) => string.Join('\n', person.Claims
        .Where(claim => ShownTypes.Contains(claim.Type))
        .Select(claim => $"{claim.Type} {claim.Value}")
        .Order(StringComparer.Ordinal));

    /// <summary>
    /// Where an administrator goes who no longer acts as somebody is theirs to find out: this browser may have their own
    /// session again, in this very moment.
    /// </summary>
    private static string FarewellOf(SessionEndReason reason) =>
        reason is SessionEndReason.Left ? PortalUrls.OwnAccountPath : PortalUrls.SignedOut(reason.ToName());

    private async Task LeaveAsync(SessionEndReason? reason)
    {
        _gone = true;
        _ended = reason is not null;
        StateHasChanged();
        if (reason is SessionEndReason.Left)
        {
            // The browser that went back has its answer, and its cookie, on the way; a request of this page would break it off.
            await Task.Delay(AnswerTime, TimeProvider.System, _closed.Token).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_closed.IsCancellationRequested)
        {
            // The browser left by itself, and there is no page to send anywhere.
            return;
        }

        Navigation.NavigateTo(
            reason is { } why ? FarewellFor?.Invoke(why) ?? FarewellOf(why) : Navigation.Uri, forceLoad: true);
    }

    private void PersonChanged(Task<AuthenticationState> state) => _ = InvokeAsync(async () =>
    {
        var person = (await state).User;
        if (!_gone && person.Identity?.IsAuthenticated == true && Shown(person) is var shown && shown != _shown)
        {
            _shown = shown;
            Navigation.Refresh();
        }
    });
}
