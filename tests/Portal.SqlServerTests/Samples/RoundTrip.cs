using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Portal.Accounts.Data;

namespace Portal.SqlServerTests.Samples;

/// <summary>Writes a row of each entity to a migrated, empty database and reads it back.</summary>
internal static class RoundTrip
{
    /// <summary>Each column that came back different, as "Entity.Property".</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(
        IDbContextFactory<PortalDbContext> contexts, CancellationToken cancellationToken)
    {
        Dictionary<IEntityType, object> written = [];
        await using var writer = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var type in EntitySamples.Types(writer))
        {
            var row = EntitySamples.Create(type, withKeys: false);
            foreach (var foreignKey in type.GetForeignKeys().Where(key => written.ContainsKey(key.PrincipalEntityType)))
            {
                Refer(foreignKey, row, written[foreignKey.PrincipalEntityType]);
            }

            writer.Add(row);
            await writer.SaveChangesAsync(cancellationToken);
            written[type] = row;
        }

        List<string> differences = [];
        await using var reader = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var (type, row) in written)
        {
            var key = type.FindPrimaryKey()!.Properties.Select(property => property.PropertyInfo!.GetValue(row)).ToArray();
            var found = await reader.FindAsync(type.ClrType, key, cancellationToken);
            differences.AddRange(type.GetProperties()
                .Where(property => property.PropertyInfo is not null && !IsSame(property, row, found))
                .Select(property => $"{type.ClrType.Name}.{property.Name}"));
        }

        return differences;
    }

    private static void Refer(IForeignKey foreignKey, object dependent, object principal)
    {
        for (var i = 0; i < foreignKey.Properties.Count; i++)
        {
            foreignKey.Properties[i].PropertyInfo!.SetValue(
                dependent, foreignKey.PrincipalKey.Properties[i].PropertyInfo!.GetValue(principal));
        }
    }

    private static bool IsSame(IProperty property, object written, object? found) => found is not null
        && property.GetValueComparer().Equals(property.PropertyInfo!.GetValue(written), property.PropertyInfo.GetValue(found));
}
