using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Accounts;

namespace Portal.Controls.Lists;

/// <summary>Shows one page of a list and links to every other way of showing it.</summary>
/// <typeparam name="TRow">What is listed.</typeparam>
public sealed partial class ListTable<TRow>
{
    private static readonly string[] Sizes = ["25", "50", "100"];

    /// <summary>What is listed, in the plural: "Users".</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>Where one is.</summary>
    [Parameter, EditorRequired] public ListAddress Address { get; set; } = null!;

    /// <summary>The columns that are shown, in their order.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<ListColumn<TRow>> Columns { get; set; } = [];

    /// <summary>How it is sorted where the address does not say.</summary>
    [Parameter] public string UsualSort { get; set; } = "";

    /// <summary>How many rows a page has where the address does not say.</summary>
    [Parameter] public int UsualSize { get; set; } = 25;

    /// <summary>Whether rows are low; null where that cannot be chosen.</summary>
    [Parameter] public bool? IsCompact { get; set; }

    /// <summary>Null while it is being looked up for the first time.</summary>
    [Parameter] public ListPage<TRow>? Page { get; set; }

    /// <summary>What tells one row from another.</summary>
    [Parameter, EditorRequired] public Func<TRow, string> KeyOf { get; set; } = null!;

    /// <summary>What a row is called where its tick and buttons are read out.</summary>
    [Parameter, EditorRequired] public Func<TRow, string> NameOf { get; set; } = null!;

    /// <summary>What is said where nothing matches: what would appear here, and how to see more.</summary>
    [Parameter, EditorRequired] public RenderFragment Empty { get; set; } = null!;

    /// <summary>What can be done with a row; null for nothing.</summary>
    [Parameter] public RenderFragment<TRow>? Actions { get; set; }

    /// <summary>The rows that are ticked; null where rows cannot be.</summary>
    [Parameter] public ListSelection? Selection { get; set; }

    /// <summary>Which rows can be ticked; null for all. The others are part of no selection.</summary>
    [Parameter] public Func<TRow, bool>? IsTickable { get; set; }

    [Parameter] public EventCallback SelectionChanged { get; set; }

    private string CurrentSize => Address.Window(UsualSize).Size.ToString(CultureInfo.InvariantCulture);

    private string TotalWords => Page!.Total switch
    {
        { IsExact: false, Count: var count } => string.Create(CultureInfo.CurrentCulture, $"More than {count:N0}"),
        { Count: 1 } => "1 in all",
        { Count: var count } => string.Create(CultureInfo.CurrentCulture, $"{count:N0} in all"),
    };

    private bool IsPageTicked => Page!.Results.Where(CanTick).ToList() is { Count: > 0 } rows && rows.All(IsTicked);

    private bool CanTick(TRow row) => IsTickable?.Invoke(row) != false;

    private bool IsTicked(TRow row) => CanTick(row) && Selection!.Has(KeyOf(row));

    private string? SortOf(ListColumn<TRow> column)
    {
        var (sorted, isDescending) = Address.Sort(UsualSort);
        return !column.IsSortable || sorted != column.Name ? null : isDescending ? "descending" : "ascending";
    }

    private Task TickAsync(string key, bool isTicked)
    {
        Selection!.Set(key, isTicked);
        return SelectionChanged.InvokeAsync();
    }

    private Task TickPageAsync(ChangeEventArgs change)
    {
        foreach (var row in Page!.Results.Where(CanTick))
        {
            Selection!.Set(KeyOf(row), change.Value is true);
        }

        return SelectionChanged.InvokeAsync();
    }
}
