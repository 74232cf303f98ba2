using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Invites one person after another.</summary>
public sealed partial class InvitePanel
{
    private const string Email = "Email";
    private const string UserName = "UserName";
    private const string Role = "Role";

    private readonly BusyCall _sending = new();
    private readonly EditDraft _form = new(Email, UserName, Role);
    private IReadOnlyList<RoleInfo> _roles = [];
    private IReadOnlyList<FieldError>? _errors;
    private UserInfo? _invited;

    [Inject] private IUserAdmin Users { get; init; } = null!;

    [Inject] private IRoleAdmin Roles { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    protected override async Task OnInitializedAsync() => _roles = [.. (await Roles.ListAsync()).Where(role => role.IsManaged)];

    private string? ErrorOf(string field) => _errors?.FirstOrDefault(error => error.Field == field)?.Message;

    private async Task InviteAsync()
    {
        (_invited, _errors) = (null, null);
        var invitation = new Invitation { Email = _form[Email] ?? "", UserName = _form[UserName], Roles = _form[Role] is { } role ? [role] : [] };
        var person = (await Authentication.GetAuthenticationStateAsync()).User;
        var outcome = await OperatorChange.RunAsync(Dialogs, person, by => Users.InviteAsync(invitation, by, CancellationToken.None));
        if (OperatorChange.IsDone(outcome))
        {
            _invited = await Users.FindAsync(invitation.Email.Trim());
            // The next one may well get the same role.
            _form.Restart(new Dictionary<string, string?> { [Email] = null, [UserName] = null, [Role] = _form[Role] });
        }
        else if (outcome is not null)
        {
            _errors = outcome is AdminOutcome.Refused refused ? refused.Errors : [new FieldError(Email, OperatorChange.RefusalOf(outcome) ?? "")];
        }
    }
}
