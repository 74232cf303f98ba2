using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Invites somebody.</summary>
public sealed partial class InviteDialog
{
    private const string FormId = "invite";

    private readonly InvitationDraft _draft = new();
    private readonly BusyCall _call = new();
    private IReadOnlyList<FieldError>? _errors;

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>Who invites.</summary>
    [Parameter, EditorRequired] public ClaimsPrincipal Person { get; set; } = null!;

    [Parameter, EditorRequired] public IReadOnlyList<string> Roles { get; set; } = [];

    [Inject] private IUserAdmin Users { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    private IReadOnlyList<LiveOption> RoleOptions => [new LiveOption("", "None"), .. Roles.Select(role => new LiveOption(role, role))];

    /// <summary>Asks and waits. The address that was invited; null for nobody.</summary>
    public static async Task<string?> AskAsync(IDialogService dialogs, ClaimsPrincipal person, IReadOnlyList<string> roles)
    {
        var parameters = new DialogParameters<InviteDialog> { { dialog => dialog.Person, person }, { dialog => dialog.Roles, roles } };
        var dialog = await dialogs.ShowAsync<InviteDialog>("Invite somebody", parameters, new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true });
        return await dialog.Result is { Canceled: false, Data: string email } ? email : null;
    }

    private string? ErrorOf(string field) => _errors?.FirstOrDefault(error => error.Field == field)?.Message;

    private async Task SendAsync()
    {
        var invitation = new Invitation { Email = _draft.Email ?? "", UserName = _draft.UserName, Roles = string.IsNullOrEmpty(_draft.Role) ? [] : [_draft.Role] };
        var outcome = await OperatorChange.RunAsync(Dialogs, Person, by => Users.InviteAsync(invitation, by, CancellationToken.None));
        if (OperatorChange.IsDone(outcome))
        {
            Dialog.Close(DialogResult.Ok(invitation.Email.Trim()));
        }
        else if (outcome is AdminOutcome.Refused refused)
        {
            _errors = refused.Errors;
        }
        else if (OperatorChange.RefusalOf(outcome) is { } words)
        {
            _errors = [new FieldError("Email", words)];
        }
    }
}
