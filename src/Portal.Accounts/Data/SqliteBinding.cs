using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Metadata;
using SQLitePCL;

namespace Portal.Accounts.Data;

/// <summary>Gives a statement of SQLite what a row stores: by code made once for each table, which boxes no value.</summary>
internal static class SqliteBinding
{
    private static readonly ConcurrentDictionary<IEntityType, Action<sqlite3_stmt, int, object>> Known = new();

    /// <summary>Binds a row of a table to a statement that has, from a place on, one for each of its <see cref="StoredColumns"/>, in their order.</summary>
    public static Action<sqlite3_stmt, int, object> Of(IEntityType type) => Known.GetOrAdd(type, Make);

    public static void Bind(sqlite3_stmt statement, int place, long value) => Check(statement, raw.sqlite3_bind_int64(statement, place, value));

    public static void Bind(sqlite3_stmt statement, int place, long? value)
    {
        if (value is { } number)
        {
            Bind(statement, place, number);
        }
        else
        {
            Check(statement, raw.sqlite3_bind_null(statement, place));
        }
    }

    public static void Bind(sqlite3_stmt statement, int place, int value) => Bind(statement, place, (long)value);

    public static void Bind(sqlite3_stmt statement, int place, bool value) => Bind(statement, place, value ? 1L : 0L);

    public static void Bind(sqlite3_stmt statement, int place, byte[]? value) =>
        Check(statement, value is null ? raw.sqlite3_bind_null(statement, place) : raw.sqlite3_bind_blob(statement, place, value));

    public static void Bind(sqlite3_stmt statement, int place, string? value) =>
        Check(statement, value is null ? raw.sqlite3_bind_null(statement, place) : raw.sqlite3_bind_text(statement, place, value));

    private static Action<sqlite3_stmt, int, object> Make(IEntityType type)
    {
        var (statement, first, row) = (Expression.Parameter(typeof(sqlite3_stmt)), Expression.Parameter(typeof(int)), Expression.Parameter(typeof(object)));
        var values = StoredColumns.Of(type).Values(Expression.Convert(row, type.ClrType));
        // Throws for a value of a type that none of the overloads takes.
        var binds = values.Select((value, column) => Expression.Call(typeof(SqliteBinding), nameof(Bind), null, statement, Expression.Add(first, Expression.Constant(column)), value));
        return Expression.Lambda<Action<sqlite3_stmt, int, object>>(Expression.Block(binds), statement, first, row).Compile();
    }

    private static void Check(sqlite3_stmt statement, int code) => SqliteException.ThrowExceptionForRC(code, raw.sqlite3_db_handle(statement));
}
