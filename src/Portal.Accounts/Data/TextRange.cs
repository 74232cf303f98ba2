using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;

namespace Portal.Accounts.Data;

/// <summary>Conditions on how a text begins, as a range that an index on its column serves.</summary>
internal static class TextRange
{
    /// <summary>The rows in which a column begins with a text.</summary>
    /// <param name="rows">Of which.</param>
    /// <param name="context">Which knows the last text that begins so.</param>
    /// <param name="column">The column; null in no row.</param>
    /// <param name="text">In the column's own normal form.</param>
    public static IQueryable<TRow> Beginning<TRow>(this IQueryable<TRow> rows, PortalDbContext context, Expression<Func<TRow, string?>> column, string text)
    {
        var (from, to) = context.RangeOf(text);
        return rows.Where(On(column, value => string.Compare(value, from) >= 0 && string.Compare(value, to) < 0));
    }

    /// <summary>The other rows.</summary>
    /// <inheritdoc cref="Beginning{TRow}" path="/param"/>
    public static IQueryable<TRow> NotBeginning<TRow>(this IQueryable<TRow> rows, PortalDbContext context, Expression<Func<TRow, string?>> column, string text)
    {
        var (from, to) = context.RangeOf(text);
        return rows.Where(On(column, value => string.Compare(value, from) < 0 || string.Compare(value, to) >= 0));
    }

    private static Expression<Func<TRow, bool>> On<TRow>(Expression<Func<TRow, string?>> column, Expression<Func<string?, bool>> condition) =>
        Expression.Lambda<Func<TRow, bool>>(ReplacingExpressionVisitor.Replace(condition.Parameters[0], column.Body, condition.Body), column.Parameters);
}
