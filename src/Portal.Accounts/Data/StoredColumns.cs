using System.Collections.Concurrent;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Portal.Accounts.Data;

/// <summary>A table's columns, but for those that the database works out, with the way from a row's object to what is stored.</summary>
internal sealed class StoredColumns
{
    private static readonly ConcurrentDictionary<IEntityType, StoredColumns> Known = new();

    private readonly (IProperty Property, ValueConverter? Converter)[] _properties;
    private readonly Lazy<Func<object, object[]>> _values;

    private StoredColumns(IEntityType type)
    {
        Table = type.GetTableName() ?? throw new ArgumentException($"{type.DisplayName()} is stored in no table.");
        _properties = [.. type.GetProperties()
            .Where(property => property.GetComputedColumnSql() is null)
            .Select(property => (property, property.GetTypeMapping().Converter))];
        _values = new(() => Compile(type.ClrType));
        Names = [.. _properties.Select(column => column.Property.GetColumnName())];
        Types = [.. _properties.Select(column => Nullable.GetUnderlyingType(column.Property.ClrType) ?? column.Property.ClrType)
            .Zip(_properties, (plain, column) => column.Converter?.ProviderClrType ?? plain)
            .Select(stored => Nullable.GetUnderlyingType(stored) ?? stored)];
    }

    public string Table { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>What the provider is given for each.</summary>
    public IReadOnlyList<Type> Types { get; }

    public static StoredColumns Of(IEntityType type) => Known.GetOrAdd(type, found => new StoredColumns(found));

    /// <summary>What a row stores, column by column; <see cref="DBNull"/> for nothing.</summary>
    public object[] ValuesOf(object row) => _values.Value(row);

    /// <summary>What a row, given as an expression of its own type, stores in each column; null for nothing.</summary>
    public IEnumerable<Expression> Values(Expression row) =>
        _properties.Select(column => Converted(Expression.Property(row, column.Property.PropertyInfo!), column.Converter));

    /// <summary>As the framework converts: nothing stays nothing, without asking.</summary>
    private static Expression Converted(Expression value, ValueConverter? converter)
    {
        if (converter is null)
        {
            return value;
        }

        var convert = converter.ConvertToProviderExpression;
        if (Nullable.GetUnderlyingType(value.Type) is not null)
        {
            var stored = typeof(Nullable<>).MakeGenericType(convert.ReturnType);
            return Expression.Condition(
                Expression.Property(value, nameof(Nullable<>.HasValue)),
                Expression.Convert(Expression.Invoke(convert, Expression.Property(value, nameof(Nullable<>.Value))), stored),
                Expression.Default(stored));
        }

        return value.Type.IsValueType
            ? Expression.Invoke(convert, value)
            : Expression.Condition(Expression.Equal(value, Expression.Constant(null, value.Type)), Expression.Default(convert.ReturnType), Expression.Invoke(convert, value));
    }

    private Func<object, object[]> Compile(Type type)
    {
        var row = Expression.Parameter(typeof(object));
        var boxed = Values(Expression.Convert(row, type)).Select(value =>
            Expression.Coalesce(Expression.Convert(value, typeof(object)), Expression.Constant(DBNull.Value, typeof(object))));
        return Expression.Lambda<Func<object, object[]>>(Expression.NewArrayInit(typeof(object), boxed), row).Compile();
    }
}
