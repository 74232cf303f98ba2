using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Accounts.Administration;
using Portal.Accounts.Credentials;
using Portal.Accounts.Sessions;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Asks before each move, names the person, and says what became of it.</summary>
public sealed partial class UserModerationPanel
{
    private string? _refusal;
    private string _announcement = "";
    private int _announced;

    [Parameter, EditorRequired] public UserDetails User { get; set; } = null!;

    /// <summary>Who does it.</summary>
    [Parameter, EditorRequired] public ClaimsPrincipal Person { get; set; } = null!;

    [Parameter] public EventCallback Changed { get; set; }

    [Inject] private IUserAdmin Users { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    private bool IsOneself => Person.UserId() == User.User.Id;

    private string Number => $"{User.User.Id}";

    private async Task MoveAsync(ModerationAct act)
    {
        var email = User.User.Email;
        var reason = act.IsLoss
            ? await ReasonDialog.AskAsync(Dialogs, $"{act.Verb} {email}?", act.Effect, act.Verb, act.Move is UserMove.Block ? ReasonWish.Required : ReasonWish.Optional)
            : await ConfirmDialog.AskAsync(Dialogs, $"{act.Verb} {email}?", act.Effect, act.Verb) ? "" : null;
        if (reason is not null)
        {
            var outcome = await OperatorChange.RunAsync(Dialogs, Person, by => Users.MoveAsync(Number, act.Move, reason.Length > 0 ? reason : null, by, CancellationToken.None));
            await ToldAsync(outcome, $"{email} {act.Done}{Ended(outcome)}");
        }
    }

    private async Task DeleteAsync()
    {
        var email = User.User.Email;
        if (await ReasonDialog.AskAsync(
            Dialogs, $"Delete {email}?", "This cannot be undone. They are signed out everywhere at once; one last mail tells them.", "Delete", ReasonWish.Required, email) is { } reason)
        {
            await ToldAsync(await OperatorChange.RunAsync(Dialogs, Person, by => Users.DeleteAsync(Number, reason, by, cancellationToken: CancellationToken.None)), $"{email} was deleted.");
        }
    }

    private static string Ended(AdminOutcome? outcome) => outcome switch
    {
        AdminOutcome.Done { EndedSessions: 1 } => " One session ended.",
        AdminOutcome.Done { EndedSessions: > 1 and var count } => $" {count} sessions ended.",
        _ => "",
    };

    private async Task ToldAsync(AdminOutcome? outcome, string done)
    {
        _refusal = OperatorChange.RefusalOf(outcome);
        if (OperatorChange.IsDone(outcome))
        {
            (_announcement, _announced) = (done, _announced + 1);
        }

        await Changed.InvokeAsync();
    }
}
