using Microsoft.EntityFrameworkCore;

namespace Portal.Accounts.Data;

/// <summary>Counting that ends: how many rows, or "more than ten thousand".</summary>
internal static class BoundedCount
{
    /// <summary>Reads at most one row more than <see cref="ListTotal.Most"/>.</summary>
    public static async Task<ListTotal> TotalAsync<TRow>(this IQueryable<TRow> rows, CancellationToken cancellationToken) =>
        ListTotal.Counted(await rows.Take(ListTotal.Most + 1).CountAsync(cancellationToken));

    /// <summary>All rows where they are at most <see cref="ListTotal.Most"/>; null where they are more.</summary>
    public static async Task<IReadOnlyList<TRow>?> FewAsync<TRow>(this IQueryable<TRow> rows, CancellationToken cancellationToken) =>
        await rows.Take(ListTotal.Most + 1).ToListAsync(cancellationToken) is { Count: <= ListTotal.Most } few ? few : null;
}
