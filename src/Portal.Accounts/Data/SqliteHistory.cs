using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Portal.Accounts.Data;

/// <summary>
/// Reads from a SQLite database whether it has every migration of this build and no index that an import put off. EF Core would build its whole model to find
/// out, which takes more than half of a start, and nearly every start finds nothing to do.
/// </summary>
internal sealed class SqliteHistory(string connectionString)
{
    /// <summary>False also when it cannot be told: no file, no table, no access. EF Core then says what is wrong.</summary>
    public async Task<bool> IsCompleteAsync(CancellationToken cancellationToken)
    {
        // Never makes the file, and holds it no longer than this takes.
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"""
                SELECT "MigrationId" FROM "__EFMigrationsHistory"
                UNION ALL SELECT "name" FROM "sqlite_master" WHERE "name" = '{DeferredIndexes.Table}'
                """;
            HashSet<string> found = [];
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                found.Add(reader.GetString(0));
            }

            return Known().All(found.Contains) && !found.Contains(DeferredIndexes.Table);
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Known() =>
        from type in typeof(SqliteHistory).Assembly.GetTypes()
        where type.IsSubclassOf(typeof(Migration)) && type.GetCustomAttribute<DbContextAttribute>()?.ContextType == typeof(SqlitePortalDbContext)
        select type.GetCustomAttribute<MigrationAttribute>()!.Id;
}
