using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Benchmarks.Loads;

/// <summary>Copies of one real row, made in the database: through the doors a million would take hours.</summary>
internal static class RowCopies
{
    /// <summary>Copies a row so many times; columns that are not named keep what the pattern has.</summary>
    /// <param name="context">Of a SQLite database.</param>
    /// <param name="table">The table.</param>
    /// <param name="where">Which row is the pattern; <c>@id</c> stands for <paramref name="id"/>.</param>
    /// <param name="id">The pattern's id.</param>
    /// <param name="rows">How many copies.</param>
    /// <param name="columns">What each copy has instead: an expression in which <c>n</c> is its number, from 1.</param>
    /// <param name="cancellationToken">Stops it; what was copied goes.</param>
    public static async Task MakeAsync(
        PortalDbContext context, string table, string where, object id, int rows, Dictionary<string, string> columns, CancellationToken cancellationToken)
    {
        var connection = (SqliteConnection)context.Database.GetDbConnection();
        await connection.OpenAsync(cancellationToken);
        var names = await ColumnsAsync(connection, table, cancellationToken);

        await using var copy = connection.CreateCommand();
        copy.CommandTimeout = 0;
        copy.CommandText = $"""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < @rows)
            INSERT INTO "{table}" ({string.Join(", ", names.Select(name => $"\"{name}\""))})
            SELECT {string.Join(", ", names.Select(name => columns.GetValueOrDefault(name, $"\"{name}\"")))} FROM numbers, "{table}" WHERE {where}
            """;
        copy.Parameters.AddWithValue("@rows", rows);
        copy.Parameters.AddWithValue("@id", id);
        await copy.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A table's columns, without those that the database works out itself.</summary>
    public static async Task<IReadOnlyList<string>> ColumnsAsync(SqliteConnection connection, string table, CancellationToken cancellationToken)
    {
        List<string> names = [];
        await using var read = connection.CreateCommand();
        read.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
