using Portal.Accounts;

namespace Portal.Api;

/// <summary>A page of a list.</summary>
/// <param name="Total">How many there are in all; counting stops at ten thousand.</param>
/// <param name="Results">Those of this page.</param>
/// <param name="Next">Given as <c>after</c> it lists what comes then; null at the end.</param>
internal sealed record PageAnswer<T>(long Total, IReadOnlyList<T> Results, string? Next) : IExample
    where T : IExample
{
    public static object Example => new PageAnswer<T>(1, [(T)T.Example], null);

    public static PageAnswer<T> Of<TRow>(ListPage<TRow> page, Func<TRow, T> answer) => new(page.Total.Count, [.. page.Results.Select(answer)], page.Next);
}
