using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;
using Portal.Testing;

namespace Portal.Benchmarks.Loads;

/// <summary>
/// The floor of an import: its rows, copied from database to database by SQLite alone into every index that the portal has, as
/// the import writes them: the indexed text by the batch, with as large a cache, and nothing counted.
/// </summary>
internal static class BareCopy
{
    /// <summary>Rows of users with what belongs to each, and by which column.</summary>
    private static readonly (string Table, string Owner)[] Tables = [("Users", "Id"), ("LoginInformation", "UserId"), ("Identities", "UserId")];

    /// <summary>Copies everybody into a new portal. Returns how many users a second.</summary>
    /// <param name="source">Whose users.</param>
    /// <param name="batch">How many in a transaction.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<double> RunAsync(PortalHost source, int batch, CancellationToken cancellationToken)
    {
        await using var target = await PortalHost.StartAsync(options => options.UseRealClock = true);
        await using var from = await ContextAsync(source, cancellationToken);
        await using var to = await ContextAsync(target, cancellationToken);
        var last = await from.Users.MaxAsync(user => user.Id, cancellationToken);
        await to.Database.OpenConnectionAsync(cancellationToken);
        var connection = (SqliteConnection)to.Database.GetDbConnection();
        await ExecuteAsync(connection, $"PRAGMA cache_size = -64000; {UserCountsSchema.SqliteManyRows.Before}; {UserTextSchema.SqliteManyRows.Before}");
        await ExecuteAsync(connection, "ATTACH @file AS source", ("@file", from.Database.GetDbConnection().DataSource));
        var copies = new List<string>();
        foreach (var (table, owner) in Tables)
        {
            var names = string.Join(", ", (await RowCopies.ColumnsAsync(connection, table, cancellationToken)).Select(name => $"\"{name}\""));
            copies.Add($"INSERT INTO main.\"{table}\" ({names}) SELECT {names} FROM source.\"{table}\" WHERE \"{owner}\" > @first AND \"{owner}\" <= @first + @batch");
        }

        const string Text = "\"NormalizedEmail\", \"NormalizedUserName\", \"NormalizedFullName\"";
        copies.Add($"INSERT INTO main.\"UserText\" (rowid, {Text}) SELECT \"Id\", {Text} FROM source.\"Users\" WHERE \"Id\" > @first AND \"Id\" <= @first + @batch");
        var started = TimeProvider.System.GetTimestamp();
        for (var first = 0L; first < last; first += batch)
        {
            await using var transaction = connection.BeginTransaction();
            foreach (var copy in copies)
            {
                await ExecuteAsync(connection, copy, ("@first", first), ("@batch", batch));
            }

            await transaction.CommitAsync(cancellationToken);
        }

        var took = TimeProvider.System.GetElapsedTime(started);
        return await to.Users.CountAsync(cancellationToken) / took.TotalSeconds;

        async Task ExecuteAsync(SqliteConnection connection, string text, params (string Name, object Value)[] values)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = text;
            foreach (var (name, value) in values)
            {
                command.Parameters.AddWithValue(name, value);
            }

            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static Task<PortalDbContext> ContextAsync(PortalHost host, CancellationToken cancellationToken) =>
        host.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync(cancellationToken);
}
