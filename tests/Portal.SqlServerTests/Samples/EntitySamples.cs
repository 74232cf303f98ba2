using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Portal.Accounts.Data;

namespace Portal.SqlServerTests.Samples;

/// <summary>A row of any table, made from the model, so that a new table is covered on the day it appears.</summary>
internal static class EntitySamples
{
    private const string Words = "Žluťoučký kůň";

    /// <summary>Every entity with a table of its own, principals before their dependents.</summary>
    public static IReadOnlyList<IEntityType> Types(PortalDbContext context)
    {
        List<IEntityType> ordered = [];
        var waiting = context.Model.GetEntityTypes().Where(type => !type.IsOwned() && type.GetTableName() is not null).ToList();
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(type => Principals(type).All(ordered.Contains)).ToList();
            Assert.True(ready.Count > 0, "Tables that refer to each other in a circle: " + string.Join(", ", waiting));
            ordered.AddRange(ready);
            waiting.RemoveAll(ready.Contains);
        }

        return ordered;
    }

    /// <summary>A row with every column filled. Identity columns stay empty unless <paramref name="withKeys"/>.</summary>
    public static object Create(ITypeBase type, bool withKeys)
    {
        var instance = Activator.CreateInstance(type.ClrType, nonPublic: true)!;
        foreach (var property in type.GetProperties().Where(property => property.PropertyInfo is not null))
        {
            if (withKeys || !IsGenerated(property))
            {
                property.PropertyInfo!.SetValue(instance, Value(property));
            }
        }

        foreach (var complex in type.GetComplexProperties())
        {
            complex.PropertyInfo!.SetValue(instance, Create(complex.ComplexType, withKeys: false));
        }

        foreach (var owned in (type as IEntityType)?.GetNavigations().Where(navigation => navigation.TargetEntityType.IsOwned()) ?? [])
        {
            owned.PropertyInfo!.SetValue(instance, Create(owned.TargetEntityType, withKeys: false));
        }

        return instance;
    }

    public static bool HasGeneratedKey(IEntityType type) => type.FindPrimaryKey()!.Properties.Any(IsGenerated);

    private static IEnumerable<IEntityType> Principals(IEntityType type) =>
        type.GetForeignKeys().Select(key => key.PrincipalEntityType).Where(principal => principal != type);

    private static bool IsGenerated(IProperty property) =>
        property.IsPrimaryKey() && property.ValueGenerated is ValueGenerated.OnAdd;

    private static object? Value(IProperty property) => property.ClrType == typeof(string)
        ? Words[..Math.Min(Words.Length, property.GetMaxLength() ?? Words.Length)]
        : SampleValues.Of(property.ClrType)
            ?? throw new InvalidOperationException($"Give {nameof(SampleValues)} a value for {property.ClrType}, the type of {property}.");
}
