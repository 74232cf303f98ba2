using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Admin;

/// <summary>Invites one person after another.</summary>
public sealed partial class InvitePanel
{
    private IReadOnlyList<RoleInfo> _roles = [];
    private IReadOnlyList<FieldError>? _errors;
    private UserInfo? _invited;
    private string? _email;
    private string? _userName;
    private string? _role;
    private bool _isBusy;

    [Inject] private IUserAdmin Users { get; init; } = null!;

    [Inject] private IRoleAdmin Roles { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    protected override async Task OnInitializedAsync() => _roles = [.. (await Roles.ListAsync()).Where(role => role.IsManaged)];

    private string? ErrorOf(string field) => _errors?.FirstOrDefault(error => error.Field == field)?.Message;

    private async Task InviteAsync()
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            (_invited, _errors) = (null, null);
            var invitation = new Invitation { Email = _email ?? "", UserName = _userName, Roles = string.IsNullOrEmpty(_role) ? [] : [_role] };
            var person = (await Authentication.GetAuthenticationStateAsync()).User;
            var outcome = await OperatorChange.RunAsync(Dialogs, person, by => Users.InviteAsync(invitation, by, CancellationToken.None));
            if (OperatorChange.IsDone(outcome))
            {
                _invited = await Users.FindAsync(invitation.Email.Trim());
                (_email, _userName) = (null, null);
            }
            else if (outcome is not null)
            {
                _errors = outcome is AdminOutcome.Refused refused ? refused.Errors : [new FieldError("Email", OperatorChange.RefusalOf(outcome) ?? "")];
            }
        }
        finally
        {
            _isBusy = false;
        }
    }
}
