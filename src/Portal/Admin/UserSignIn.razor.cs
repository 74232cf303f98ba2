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

    private async Task SendAsync()
    {
        var outcome = await OperatorChange.RunAsync(Dialogs, Person, by => Users.SendResetAsync($"{User.User.Id}", by, CancellationToken.None));
        _refusal = OperatorChange.RefusalOf(outcome);
        if (OperatorChange.IsDone(outcome))
        {
            (_announcement, _announced) = ($"A mail is on its way to {User.User.Email}.", _announced + 1);
        }
    }
}
