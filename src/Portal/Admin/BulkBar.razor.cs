using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>Offers what can be done with a selection of users.</summary>
public sealed partial class BulkBar
{
    private static readonly BulkAction[] OfRoles = [BulkAction.GiveRole, BulkAction.TakeRole];

    private string _role = "";
    private bool _isRoleMissed;
    private ElementReference _roleBox;

    [Parameter, EditorRequired] public ListSelection Selection { get; set; } = null!;

    [Parameter] public EventCallback SelectionChanged { get; set; }

    /// <summary>How many the list matches.</summary>
    [Parameter, EditorRequired] public ListTotal Total { get; set; }

    /// <summary>What the list matches, for a selection of all.</summary>
    [Parameter, EditorRequired] public UserFilter Filter { get; set; } = null!;

    /// <summary>The roles that can be given and taken.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Roles { get; set; } = [];

    /// <summary>Who does it.</summary>
    [Parameter, EditorRequired] public ClaimsPrincipal Person { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    private string Words => Selection.IsAll
        ? string.Create(CultureInfo.CurrentCulture, $"{(Filter.IsEmpty ? "Everybody" : "Everybody who matches")} is selected{(Selection.Keys.Count > 0 ? $", but for {Selection.Keys.Count:N0}" : "")}.")
        : string.Create(CultureInfo.CurrentCulture, $"{Selection.Keys.Count:N0} selected.");

    // What takes something from people comes last, as in the menu of one.
    private IEnumerable<BulkRequest> Requests => Enum.GetValues<BulkAction>().Except(OfRoles).OrderBy(BulkWords.IsLoss).Select(Of);

    private IEnumerable<BulkRequest> RoleRequests => OfRoles.Select(Of);

    private string? RoleFault => _isRoleMissed && _role is "" ? "Choose a role first." : null;

    private UserSelection Selected
    {
        get
        {
            List<long> ids = [.. Selection.Keys.Select(key => long.Parse(key, CultureInfo.InvariantCulture))];
            return Selection.IsAll ? new UserSelection.Matching(Filter) { Except = ids } : new UserSelection.Some(ids);
        }
    }

    private Task TakeAllAsync()
    {
        Selection.TakeAll();
        return SelectionChanged.InvokeAsync();
    }

    private Task ClearAsync()
    {
        Selection.Clear();
        return SelectionChanged.InvokeAsync();
    }

    private BulkRequest Of(BulkAction action) => new(action, Selected) { Role = OfRoles.Contains(action) ? _role : null };

    private async Task AskOfRoleAsync(BulkRequest request)
    {
        _isRoleMissed = _role is "";
        if (_isRoleMissed)
        {
            await _roleBox.FocusAsync();
            return;
        }

        await AskAsync(request);
    }

    private async Task AskAsync(BulkRequest request)
    {
        if (await BulkDialog.AskAsync(Dialogs, Person, request))
        {
            _role = "";
            await ClearAsync();
        }
    }
}
