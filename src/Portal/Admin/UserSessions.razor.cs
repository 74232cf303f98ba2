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
    private ListPage<LiveSessionInfo>? _page;
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

    private string Id => UserId.ToString(CultureInfo.InvariantCulture);

    private SessionSearch Theirs => new() { User = Id };

    private bool IsOwn(SessionInfo session) => session.Id == Person.SessionId();

    private async Task ReadAsync()
    {
        _page = await Sessions.ListAsync(Theirs, new ListWindow { Size = ListWindow.MaxSize }, _live!.Closed);
        StateHasChanged();
    }

    private Task EndAsync(SessionInfo session) => EndAsync(SessionChoice.These(session.Id), _ => $"{session.Agent.Describe()} was signed out.");

    private async Task EndAllAsync()
    {
        var which = SessionChoice.Matching(Theirs);
        var preview = await Sessions.PreviewAsync(which, Operator.Of(Person), _live!.Closed);
        var verb = $"End {SessionCounts.Sessions(preview.Sessions)}";
        if (preview.Sessions.Count == 0)
        {
            Announce("They had ended already.");
        }
        else if (await ConfirmDialog.AskAsync(Dialogs, $"{verb} of {Email}?", SessionCounts.Sentence(preview), verb))
        {
            await EndAsync(which, SessionCounts.Ended);
        }
    }

    private async Task EndAsync(SessionChoice which, Func<AdminOutcome.Done, string> done)
    {
        var outcome = await OperatorChange.RunAsync(Dialogs, Person, by => Sessions.EndAsync(which, by, CancellationToken.None));
        if (outcome is not null)
        {
            Announce(outcome is AdminOutcome.Done ended ? done(ended) : OperatorChange.RefusalOf(outcome) ?? "It had ended already.");
        }
    }

    private void Announce(string words) => (_announcement, _announced) = (words, _announced + 1);
}
