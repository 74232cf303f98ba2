using Microsoft.AspNetCore.Http.HttpResults;
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

    /// <summary>
    /// The page that was asked for. A person whose link somebody shortened is shown the first one; a program that goes from page
    /// to page would begin anew for ever.
    /// </summary>
    public static Results<Ok<PageAnswer<T>>, ApiProblem> Answer<TRow>(ListParameters asked, ListPage<TRow> page, Func<TRow, T> answer) =>
        !string.IsNullOrEmpty(asked.After) && page is { Previous: null, Results.Count: > 0 }
            ? ApiProblem.Invalid([new FieldError("After", "Give the \"next\" of an answer to the same list in the same order, or leave it out for the first page.")])
            : TypedResults.Ok(Of(page, answer));

    public static PageAnswer<T> Of<TRow>(ListPage<TRow> page, Func<TRow, T> answer) =>
        new(page.Total.Count, page.Total.IsExact, [.. page.Results.Select(answer)], page.Next);
}
