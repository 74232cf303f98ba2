using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Accounts.Events;
using Portal.Controls;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>Lists roles with how many people have each, live.</summary>
public sealed partial class RolesPanel : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private LiveReading? _live;
    private ListPage<RoleDetails>? _page;
    private ClaimsPrincipal _person = new();
    private string? _shown;

    /// <summary>Where one is.</summary>
    [Parameter, EditorRequired] public ListAddress Address { get; set; } = null!;

    [Inject] private IRoleAdmin Roles { get; init; } = null!;

    [Inject] private IAccountEvents Events { get; init; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    [Inject] private AuthenticationStateProvider Authentication { get; init; } = null!;

    [Inject] private NavigationManager Navigation { get; init; } = null!;

    [Inject] private TimeProvider Time { get; init; } = null!;

    public void Dispose() => _live?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        _live = new LiveReading(Time, ReadAsync, DispatchExceptionAsync);
        _person = (await Authentication.GetAuthenticationStateAsync()).User;
        if (RendererInfo.IsInteractive)
        {
            _live.FollowAll(Events, InvokeAsync, happened => happened is AccountEvent.UserChanged);
            // What becomes of a role that nobody has is no event.
            _live.HintEvery(LookInterval, InvokeAsync);
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        var asked = $"{Address.With()} {Address[ListAddress.AfterName]} {Address[ListAddress.BeforeName]} {Address[ListAddress.LastName]}";
        if (asked != _shown)
        {
            _shown = asked;
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        var asked = _shown;
        var page = await Roles.PageAsync(Address.Search, Address.Window(25), _live!.Closed);
        if (asked == _shown)
        {
            _page = page;
            StateHasChanged();
        }
    }

    private async Task MakeAsync()
    {
        var role = new EditDraft(RoleDialog.Name, RoleDialog.Description);
        var isMade = await RoleDialog.AskAsync(Dialogs, "New role", "Create", "new role", role, async draft =>
        {
            // Asked for is asked for, even if this tab closes now.
            var outcome = await OperatorChange.RunAsync(
                Dialogs, _person, by => Roles.CreateAsync(draft[RoleDialog.Name] ?? "", draft[RoleDialog.Description], by, CancellationToken.None));
            return outcome is AdminOutcome.Unchanged
                ? new AdminOutcome.Refused([new FieldError("Name", "There is a role of this name already. Choose another.")])
                : outcome;
        });
        if (isMade && await Roles.FindAsync(role[RoleDialog.Name] ?? "", _live!.Closed) is { } made)
        {
            Navigation.NavigateTo(PortalUrls.AdminRole(made.Role.Id.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
