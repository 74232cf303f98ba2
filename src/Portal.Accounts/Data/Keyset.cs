using System.Buffers.Text;
using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

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
            Expression.New(typeof(Place).GetConstructors()[0], key.Body, new Swap(id.Parameters[0], row).Visit(id.Body)), row);
        var page = await ReadAsync(rows, sorted => sorted.Select(place), found => found, window, total, cancellationToken);
        return new ListPage<TId>([.. page.Results.Select(found => found.Id)], page.Total, page.Next, page.Previous);
    }

    private async Task<ListPage<TFound>> ReadAsync<TFound>(
        IQueryable<TRow> rows,
        Func<IQueryable<TRow>, IQueryable<TFound>> select,
        Func<TFound, Place> placeOf,
        ListWindow window,
        ListTotal total,
        CancellationToken cancellationToken)
    {
        var (after, before) = (Read(window.After), Read(window.Before));
        var isBack = after is null && (before is not null || window.IsLast);
        var isUp = isBack == isDescending;
        var place = after ?? before;
        if (place is not null)
        {
            rows = rows.Where(Beyond(place, isUp));
        }

        var sorted = isUp ? rows.OrderBy(key).ThenBy(id) : rows.OrderByDescending(key).ThenByDescending(id);
        var found = await select(sorted.Skip(place is null ? window.Skip : 0).Take(window.Size + 1)).ToListAsync(cancellationToken);
        var hasMore = found.Count > window.Size;
        found = [.. found.Take(window.Size)];
        if (isBack)
        {
            found.Reverse();
        }

        var (hasNext, hasPrevious) = isBack ? (before is not null, hasMore) : (hasMore, after is not null || window.Skip > 0);
        return new ListPage<TFound>(
            found,
            total,
            hasNext && found.Count > 0 ? Write(placeOf(found[^1])) : null,
            hasPrevious && found.Count > 0 ? Write(placeOf(found[0])) : null);
    }

    private Expression<Func<TRow, bool>> Beyond(Place place, bool isUp)
    {
        var row = key.Parameters[0];
        var (keyBody, idBody) = (key.Body, new Swap(id.Parameters[0], row).Visit(id.Body));
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

    private static string Write(Place place) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(place));

    /// <summary>Null for anything that is no place of this list: a link that somebody shortened shows the first page.</summary>
    private static Place? Read(string? text)
    {
        try
        {
            return text is { Length: > 0 and < 2000 } && JsonSerializer.Deserialize<Place>(Base64Url.DecodeFromChars(text)) is { Key: not null, Id: not null } place
                ? place
                : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private sealed record Place(TKey Key, TId Id);

    private sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
