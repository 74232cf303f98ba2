using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>Offers what can be done with a selection of users.</summary>
public sealed partial class BulkBar
{
    [Parameter, EditorRequired] public ListSelection Selection { get; set; } = null!;

    [Parameter] public EventCallback SelectionChanged { get; set; }

    /// <summary>How many the list matches.</summary>
    [Parameter, EditorRequired] public ListTotal Total { get; set; }

    /// <summary>What the list matches, for a selection of all.</summary>
    [Parameter, EditorRequired] public UserFilter Filter { get; set; } = null!;

    /// <summary>The roles that can be given and taken.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<string> Roles { get; set; } = [];

    [Inject] private IDialogService Dialogs { get; init; } = null!;

    private string Words => Selection.IsAll
        ? Filter.IsEmpty ? "Everybody is selected." : "Everybody who matches is selected."
        : string.Create(CultureInfo.CurrentCulture, $"{Selection.Keys.Count:N0} selected.");

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

    private async Task AskAsync(BulkAction action)
    {
        UserSelection selected = Selection.IsAll
            ? new UserSelection.Matching(Filter)
            : new UserSelection.Some([.. Selection.Keys.Select(key => long.Parse(key, CultureInfo.InvariantCulture))]);
        if (await BulkDialog.AskAsync(Dialogs, action, selected, Roles))
        {
            await ClearAsync();
        }
    }
}
