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
    private string? _role;

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

    private IEnumerable<BulkRequest> Requests => Enum.GetValues<BulkAction>().Where(action => action is not (BulkAction.GiveRole or BulkAction.TakeRole)).Select(Of);

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

    private BulkRequest Of(BulkAction action) => new(action, Selected) { Role = action is BulkAction.GiveRole or BulkAction.TakeRole ? _role ?? Roles.FirstOrDefault() : null };

    private async Task AskAsync(BulkRequest request)
    {
        if (await BulkDialog.AskAsync(Dialogs, Person, request))
        {
            await ClearAsync();
        }
    }
}
