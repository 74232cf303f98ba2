using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Accounts.Sessions;
using Portal.Accounts;
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

    private SessionSearch Theirs => new() { User = UserId.ToString(CultureInfo.InvariantCulture) };

    private bool IsOwn(SessionInfo session) => session.Id == Person.SessionId();

    private async Task ReadAsync()
    {
        var page = await Sessions.ListAsync(Theirs, new ListWindow { Size = ListWindow.MaxSize }, _live!.Closed);
        _sessions = [.. page.Results.Select(listed => listed.Session)];
        StateHasChanged();
    }

    private Task EndAsync(SessionInfo session) => EndAsync(SessionChoice.These(session.Id), $"{session.Agent.Describe()} was signed out.");

    private async Task EndAllAsync()
    {
        if (await ConfirmDialog.AskAsync(Dialogs, $"End all sessions of {Email}?", "They are signed out everywhere at once, and open pages close.", "End all sessions"))
        {
            await EndAsync(SessionChoice.Matching(Theirs), "All sessions have ended.");
        }
    }

    private async Task EndAsync(SessionChoice which, string done)
    {
        var outcome = await OperatorChange.RunAsync(Dialogs, Person, by => Sessions.EndAsync(which, by, CancellationToken.None));
        if (outcome is not null)
        {
            Announce(OperatorChange.RefusalOf(outcome) ?? done);
        }
    }

    private void Announce(string words) => (_announcement, _announced) = (words, _announced + 1);
}
