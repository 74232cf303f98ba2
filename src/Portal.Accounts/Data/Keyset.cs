using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Portal.Accounts.Data;

/// <summary>Pages of a query in the order of one column and, where that is equal, of the id: by place, never by counting rows off.</summary>
/// <remarks>
/// The condition is written as <c>key &gt;= k and (key &gt; k or id &gt; i)</c>, of which SQLite and SQL Server take the first
/// half as a range on the index (key, id); the usual <c>key &gt; k or (key = k and id &gt; i)</c> makes SQLite sort.
/// The key must not be null in any row.
/// </remarks>
/// <typeparam name="TRow">The table's rows.</typeparam>
/// <typeparam name="TKey">The type of the column sorted by.</typeparam>
/// <typeparam name="TId">The type of the id.</typeparam>
internal sealed class Keyset<TRow, TKey, TId>(Expression<Func<TRow, TKey>> key, Expression<Func<TRow, TId>> id, bool isDescending)
    where TRow : class
{
    private readonly Func<TRow, TKey> keyOf = key.Compile();
    private readonly Func<TRow, TId> idOf = id.Compile();

    /// <summary>One page. Reads one row more than it gives, to know whether there is a next page.</summary>
    public Task<ListPage<TRow>> ReadAsync(IQueryable<TRow> rows, ListWindow window, ListTotal total, CancellationToken cancellationToken) =>
        ReadAsync(rows, sorted => sorted, row => new Place(keyOf(row), idOf(row)), window, total, cancellationToken);

    /// <summary>The ids of one page: what is sorted is the narrower, the more has to be sorted.</summary>
    public async Task<ListPage<TId>> ReadIdsAsync(IQueryable<TRow> rows, ListWindow window, ListTotal total, CancellationToken cancellationToken)
    {
        var row = key.Parameters[0];
        var place = Expression.Lambda<Func<TRow, Place>>(
            Expression.New(typeof(Place).GetConstructors()[0], key.Body, ReplacingExpressionVisitor.Replace(id.Parameters[0], row, id.Body)), row);
        var page = await ReadAsync(rows, sorted => sorted.Select(place), found => found, window, total, cancellationToken);
        return page.With([.. page.Results.Select(found => found.Id)]);
    }

    private async Task<ListPage<TFound>> ReadAsync<TFound>(
        IQueryable<TRow> rows,
        Func<IQueryable<TRow>, IQueryable<TFound>> select,
        Func<TFound, Place> placeOf,
        ListWindow window,
        ListTotal total,
        CancellationToken cancellationToken)
    {
        var page = new PageReading<Place>(window, found => found is { Key: not null, Id: not null });
        var isUp = page.IsBack == (isDescending != window.IsReversed);
        if (page.Place is { } place)
        {
            rows = rows.Where(Beyond(place, isUp));
        }

        var sorted = isUp ? rows.OrderBy(key).ThenBy(id) : rows.OrderByDescending(key).ThenByDescending(id);
        return page.Cut(await select(sorted.Skip(page.Skip).Take(page.Take)).ToListAsync(cancellationToken), total, placeOf);
    }

    private Expression<Func<TRow, bool>> Beyond(Place place, bool isUp)
    {
        var row = key.Parameters[0];
        var (keyBody, idBody) = (key.Body, ReplacingExpressionVisitor.Replace(id.Parameters[0], row, id.Body));
        // Captured, so that the values travel as parameters and every page has the same statement.
        var (keyValue, idValue) = (Captured(place.Key), Captured(place.Id));
        return Expression.Lambda<Func<TRow, bool>>(
            Expression.AndAlso(
                Compare(keyBody, keyValue, isUp, orEqual: true),
                Expression.OrElse(Compare(keyBody, keyValue, isUp, orEqual: false), Compare(idBody, idValue, isUp, orEqual: false))),
            row);
    }

    private static BinaryExpression Compare(Expression left, Expression right, bool isUp, bool orEqual)
    {
        if (left.Type == typeof(string))
        {
            left = Expression.Call(typeof(string), nameof(string.Compare), typeArguments: null, left, right);
            right = Expression.Constant(0);
        }
        else if (left.Type.IsEnum)
        {
            // Names have no order; their numbers do.
            (left, right) = (Expression.Convert(left, typeof(int)), Expression.Convert(right, typeof(int)));
        }

        return (isUp, orEqual) switch
        {
            (true, true) => Expression.GreaterThanOrEqual(left, right),
            (true, false) => Expression.GreaterThan(left, right),
            (false, true) => Expression.LessThanOrEqual(left, right),
            (false, false) => Expression.LessThan(left, right),
        };
    }

    private static Expression Captured<T>(T value) => ((Expression<Func<T>>)(() => value)).Body;

    private sealed record Place(TKey Key, TId Id);
}
