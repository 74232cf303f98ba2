using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Accounts.Administration;

namespace Portal.Admin;

/// <summary>Shows how a user signs in, and has a link mailed to them.</summary>
public sealed partial class UserSignIn
{
    private string? _refusal;
    private string _announcement = "";
    private int _announced;

    [Parameter, EditorRequired] public UserDetails User { get; set; } = null!;

    /// <summary>Who does it.</summary>
    [Parameter, EditorRequired] public ClaimsPrincipal Person { get; set; } = null!;

    [Inject] private IUserAdmin Users { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    private async Task RemoveFactorAsync()
    {
        var reason = await ReasonDialog.AskAsync(
            Dialogs,
            $"Remove the authenticator app of {User.User.Email}?",
            $"{User.User.Email} is asked for no code from then on. The recovery codes are void, a password that is only long enough beside the app is too, and they are signed out everywhere at once. A mail tells them.",
            "Remove authenticator app",
            ReasonWish.Required);
        if (reason is null)
        {
            return;
        }

        var outcome = await OperatorChange.RunAsync(Dialogs, Person, by => Users.RemoveFactorAsync($"{User.User.Id}", reason, by, CancellationToken.None));
        _refusal = OperatorChange.RefusalOf(outcome);
        if (OperatorChange.IsDone(outcome))
        {
            (_announcement, _announced) = ($"{User.User.Email} has no authenticator app any more.", _announced + 1);
        }
    }

    private async Task RemovePasskeyAsync(UserPasskeyInfo passkey)
    {
        var reason = await ReasonDialog.AskAsync(
            Dialogs,
            $"Remove the passkey “{passkey.Name}” of {User.User.Email}?",
            $"Nobody can sign in with it any more, and {User.User.Email} is signed out everywhere at once. A mail tells them.",
            "Remove passkey",
            ReasonWish.Required);
        if (reason is null)
        {
            return;
        }

        var outcome = await OperatorChange.RunAsync(Dialogs, Person, by => Users.RemovePasskeyAsync($"{User.User.Id}", passkey.Id, reason, by, CancellationToken.None));
        _refusal = OperatorChange.RefusalOf(outcome);
        if (OperatorChange.IsDone(outcome))
        {
            (_announcement, _announced) = ($"The passkey “{passkey.Name}” is removed.", _announced + 1);
        }
    }

    private async Task SendAsync()
    {
        if (await new UserActs(Users, Dialogs, Person).SendLinkAsync(User) is { } report)
        {
            _refusal = report.Refusal;
            (_announcement, _announced) = report.Done is { } done ? (done, _announced + 1) : (_announcement, _announced);
        }
    }
}
