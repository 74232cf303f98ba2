using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Portal.Accounts.Data;

/// <summary>Gives a statement of SQLite what a row stores: by code made once for each table, which boxes no value.</summary>
internal static class SqliteBinding
{
    private static readonly ConcurrentDictionary<IEntityType, Action<SqliteStatement, int, object>> Known = new();

    /// <summary>Binds a row of a table to a statement that has, from a place on, one for each of its <see cref="StoredColumns"/>, in their order.</summary>
    public static Action<SqliteStatement, int, object> Of(IEntityType type) => Known.GetOrAdd(type, Make);

    private static Action<SqliteStatement, int, object> Make(IEntityType type)
    {
        var (statement, first, row) = (Expression.Parameter(typeof(SqliteStatement)), Expression.Parameter(typeof(int)), Expression.Parameter(typeof(object)));
        var values = StoredColumns.Of(type).Values(Expression.Convert(row, type.ClrType));
        // Throws for a value of a type that none of the overloads takes.
        var binds = values.Select((value, column) => Expression.Call(statement, nameof(SqliteStatement.Bind), null, Expression.Add(first, Expression.Constant(column)), value));
        return Expression.Lambda<Action<SqliteStatement, int, object>>(Expression.Block(binds), statement, first, row).Compile();
    }
}
