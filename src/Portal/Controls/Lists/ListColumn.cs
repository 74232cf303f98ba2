using Microsoft.AspNetCore.Components;

namespace Portal.Controls.Lists;

/// <summary>A column of a list.</summary>
/// <typeparam name="TRow">What is listed.</typeparam>
/// <param name="Name">As addresses call it.</param>
/// <param name="Title">As people read it.</param>
/// <param name="Cell">What stands in it.</param>
public sealed record ListColumn<TRow>(string Name, string Title, RenderFragment<TRow> Cell)
{
    /// <summary>Whether the list can be sorted by it.</summary>
    public bool IsSortable { get; init; }

    /// <summary>Whether it is shown while nobody chose columns.</summary>
    public bool IsUsual { get; init; } = true;

    /// <summary>Whether it stands at the beginning of each row and names it; such a column is always shown.</summary>
    public bool IsName { get; init; }
}
