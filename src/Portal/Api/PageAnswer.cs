using Portal.Accounts;

namespace Portal.Api;

/// <summary>A page of a list.</summary>
/// <param name="Total">How many there are in all; where <paramref name="TotalIsExact"/> is false, more than this.</param>
/// <param name="TotalIsExact">Whether counting reached the end: it stops at ten thousand.</param>
/// <param name="Results">Those of this page.</param>
/// <param name="Next">Given as <c>after</c> it lists what comes then; null at the end.</param>
internal sealed record PageAnswer<T>(long Total, bool TotalIsExact, IReadOnlyList<T> Results, string? Next) : IExample
    where T : IExample
{
    public static object Example => new PageAnswer<T>(1, true, [(T)T.Example], null);

    public static PageAnswer<T> Of<TRow>(ListPage<TRow> page, Func<TRow, T> answer) =>
        new(page.Total.Count, page.Total.IsExact, [.. page.Results.Select(answer)], page.Next);
}
