using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Lists a user's live sessions and ends them.</summary>
public sealed partial class UserSessions : IDisposable
{
    private LiveReading? _live;
    private IReadOnlyList<SessionInfo>? _sessions;
    private string _announcement = "";
    private int _announced;

    [Parameter, EditorRequired] public long UserId { get; set; }

    [Parameter, EditorRequired] public string Email { get; set; } = "";

    /// <summary>Who does it.</summary>
    [Parameter, EditorRequired] public ClaimsPrincipal Person { get; set; } = null!;

    [Inject] private ISessionAdmin Sessions { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        if (RendererInfo.IsInteractive)
        {
            _live.Follow(Events, UserId, InvokeAsync);
        }

        await ReadAsync();
    }

    private bool IsOwn(SessionInfo session) => session.Id == Person.SessionId();

    private async Task ReadAsync()
    {
        _sessions = await PersonSessions.LiveAsync(Sessions, UserId, _live!.Closed);
        StateHasChanged();
    }

    private async Task EndAsync(SessionInfo session)
    {
        await PersonSessions.EndAsync(Sessions, session.Id, Person);
        Announce($"{session.Agent.Describe()} was signed out.");
    }

    private async Task EndAllAsync()
    {
        if (await ConfirmDialog.AskAsync(Dialogs, $"End all sessions of {Email}?", "They are signed out everywhere at once, and open pages close.", "End all sessions"))
        {
            await PersonSessions.EndAllAsync(Sessions, UserId, Person);
            Announce("All sessions have ended.");
        }
    }

    private void Announce(string words) => (_announcement, _announced) = (words, _announced + 1);
}
