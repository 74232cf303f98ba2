using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Accounts.Administration;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>Gives a user roles and takes them.</summary>
public sealed partial class UserRoles
{
    private IReadOnlyList<RoleInfo> _roles = [];
    private string? _wanted;
    private string? _refusal;
    private string _announcement = "";
    private int _announced;

    [Parameter, EditorRequired] public UserDetails User { get; set; } = null!;

    /// <summary>Who does it.</summary>
    [Parameter, EditorRequired] public ClaimsPrincipal Person { get; set; } = null!;

    [Parameter] public EventCallback Changed { get; set; }

    [Inject] private IRoleAdmin Roles { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    private List<RoleInfo> Offered => [.. _roles.Where(role => role.IsManaged && User.User.Roles.All(held => held.Id != role.Id))];

    protected override async Task OnParametersSetAsync() => _roles = await Roles.ListAsync();

    private async Task GiveAsync()
    {
        if (_wanted is { Length: > 0 } name)
        {
            _wanted = null;
            await ToldAsync(
                await OperatorChange.RunAsync(Dialogs, Person, by => Roles.AddAsync($"{User.User.Id}", name, by, CancellationToken.None)),
                $"{User.User.Email} has the role {name}.");
        }
    }

    private async Task TakeAsync(RoleInfo role)
    {
        if (await ConfirmDialog.AskAsync(
            Dialogs, $"Take the role {role.Name} from {User.User.Email}?", "Pages that they may not see any more close at once.", "Remove"))
        {
            await ToldAsync(
                await OperatorChange.RunAsync(Dialogs, Person, by => Roles.RemoveAsync($"{User.User.Id}", role.Name, by, CancellationToken.None)),
                $"{User.User.Email} does not have the role {role.Name} any more.");
        }
    }

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
