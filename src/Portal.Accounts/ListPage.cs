namespace Portal.Accounts;

/// <summary>A page of a long list. Places are kept by the values of a row, so that what comes and goes meanwhile shifts nothing.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Results">The rows, in the order asked for.</param>
/// <param name="Total">How many rows the whole list has.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
/// <param name="Previous">Where the page before ends; null at the beginning.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Results, ListTotal Total, string? Next, string? Previous)
{
    /// <summary>False when there are too many to be sorted as asked for; then they come in an order the list has by itself.</summary>
    public bool IsSorted { get; init; } = true;

    /// <summary>False when only the first <see cref="ListTotal.Most"/> are gone through: <see cref="Next"/> is null behind those, and there are more.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>The same page, its rows shown in another way.</summary>
    internal ListPage<TOther> With<TOther>(IReadOnlyList<TOther> results) => new(results, Total, Next, Previous) { IsSorted = IsSorted, IsWhole = IsWhole };
}
