using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Accounts.Administration;

namespace Portal.Admin;

/// <summary>Offers each move, and says what became of it.</summary>
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

    private bool IsOneself => UserActs.IsOneself(Person, User);

    private UserActs Acts => new(Users, Dialogs, Person);

    private async Task ToldAsync(UserActReport? report)
    {
        if (report is null)
        {
            return;
        }

        _refusal = report.Refusal;
        if (report.Done is { } done)
        {
            (_announcement, _announced) = (done, _announced + 1);
        }

        await Changed.InvokeAsync();
    }
}
