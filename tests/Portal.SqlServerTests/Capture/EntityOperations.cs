using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;
using Portal.SqlServerTests.Samples;

namespace Portal.SqlServerTests.Capture;

/// <summary>Insert, merge, update, delete, find and list, for every table of the model.</summary>
internal static class EntityOperations
{
    // EF merges inserts from four rows on.
    private const int EnoughToMerge = 5;

    public static IReadOnlyList<CapturedOperation> Of(PortalDbContext context) =>
        [.. EntitySamples.Types(context).SelectMany(Of)];

    private static IEnumerable<CapturedOperation> Of(IEntityType type)
    {
        var name = type.ClrType.Name;
        yield return Save(type, "insert " + name, (context, own) => context.Add(EntitySamples.Create(own, withKeys: false)));
        if (type.GetProperties().Any(property => !property.IsPrimaryKey()))
        {
            yield return Save(type, "update " + name, (context, own) => context.Update(EntitySamples.Create(own, withKeys: true)));
        }

        yield return Save(type, "delete " + name, (context, own) => context.Remove(EntitySamples.Create(own, withKeys: true)));
        if (EntitySamples.HasGeneratedKey(type))
        {
            yield return Save(type, "merge " + name, (context, own) => context.AddRange(
                Enumerable.Range(0, EnoughToMerge).Select(_ => EntitySamples.Create(own, withKeys: false))));
        }

        yield return new("list " + name, (services, cancellation) =>
        {
            var context = services.GetRequiredService<PortalDbContext>();
            var list = typeof(EntityOperations).GetMethod(nameof(ListAsync), BindingFlags.NonPublic | BindingFlags.Static)!;
            return (Task)list.MakeGenericMethod(type.ClrType).Invoke(null, [context, cancellation])!;
        });
    }

    private static CapturedOperation Save(IEntityType type, string name, Action<PortalDbContext, IEntityType> change) =>
        new(name, async (services, cancellation) =>
        {
            var context = services.GetRequiredService<PortalDbContext>();
            change(context, context.Model.FindEntityType(type.Name)!);
            await context.SaveChangesAsync(cancellation);
        });

    private static async Task ListAsync<TEntity>(PortalDbContext context, CancellationToken cancellationToken)
        where TEntity : class
    {
        var key = context.Model.FindEntityType(typeof(TEntity))!.FindPrimaryKey()!.Properties;
        var ordered = context.Set<TEntity>().OrderBy(row => EF.Property<object>(row, key[0].Name));
        await ordered.Skip(10).Take(10).ToListAsync(cancellationToken);
        await ordered.FirstOrDefaultAsync(cancellationToken);
        await context.Set<TEntity>().LongCountAsync(cancellationToken);
    }
}
