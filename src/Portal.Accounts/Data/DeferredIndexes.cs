using Microsoft.EntityFrameworkCore;

namespace Portal.Accounts.Data;

/// <summary>On SQLite: what lists are sorted and narrowed by, out of the way while very many people come, and made again when they are there.</summary>
/// <remarks>
/// A new person touches a page somewhere in every index; made at the end, an index is sorted first and written once. Until then
/// lists and what is done with all that they show are slow; whatever is unique keeps its index, so signing in is not. A table
/// of its own says what waits. It is there as long as something does, and a process that dies in between leaves it behind for
/// the next that starts.
/// </remarks>
internal static class DeferredIndexes
{
    /// <summary>The name of that table.</summary>
    public const string Table = "DeferredIndexes";

    private const string IsThere = $"""SELECT COUNT(*) AS "Value" FROM "sqlite_master" WHERE "name" = '{Table}'""";

    private const string Changes = """SELECT total_changes() AS "Value" """;

    private const string Next = $"""SELECT "Name", "Statement" FROM "{Table}" ORDER BY rowid LIMIT 1""";

    /// <summary>In the order in which they were made, which among themselves they keep: of two that serve a query equally well SQLite takes the one that came last.</summary>
    private const string Deferrable = """
        SELECT "name" AS "Name", "sql" AS "Statement" FROM "sqlite_master"
        WHERE "type" = 'index' AND "tbl_name" IN ('Users', 'Identities') AND "sql" NOT LIKE 'CREATE UNIQUE %'
        ORDER BY rowid
        """;

    public static async Task DeferAsync(SqlitePortalDbContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await RunAsync(context, $"""CREATE TABLE IF NOT EXISTS "{Table}" ("Name" TEXT NOT NULL PRIMARY KEY, "Statement" TEXT NOT NULL)""", cancellationToken);
        foreach (var index in await context.Database.SqlQueryRaw<Index>(Deferrable).ToListAsync(cancellationToken))
        {
            await context.Database.ExecuteSqlAsync($"""INSERT INTO "DeferredIndexes" VALUES ({index.Name}, {index.Statement})""", cancellationToken);
            await RunAsync(context, $"DROP INDEX \"{index.Name}\"", cancellationToken);
        }

        await RunAsync(context, UserTextSchema.SqliteManyParts.Before, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>One after the other, each in a transaction of its own, so that others come to write between them. Returns how many there were.</summary>
    public static async Task<int> BuildAsync(SqlitePortalDbContext context, CancellationToken cancellationToken)
    {
        // Opening a file that is not there would make it.
        if (!await context.Database.CanConnectAsync(cancellationToken) || !await IsWaitingAsync(context, cancellationToken))
        {
            return 0;
        }

        // One connection, whose changes are counted, with the memory that sorting takes.
        await context.MakeRoomAsync(cancellationToken);
        var built = 0;
        while (await BuildNextAsync(context, cancellationToken))
        {
            built++;
            await Task.Delay(WriterPatience.Gap, cancellationToken);
        }

        var merge = UserTextSchema.SqliteMerge.First;
        while (await ChangesAsync(context, merge, cancellationToken) > 1)
        {
            merge = UserTextSchema.SqliteMerge.Next;
            await Task.Delay(WriterPatience.Gap, cancellationToken);
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await RunAsync(context, UserTextSchema.SqliteManyParts.After, cancellationToken);
        await RunAsync(context, $"DROP TABLE \"{Table}\"", cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return built;
    }

    private static async Task<bool> BuildNextAsync(SqlitePortalDbContext context, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await context.Database.SqlQueryRaw<Index>(Next).SingleOrDefaultAsync(cancellationToken) is not { } index)
        {
            return false;
        }

        await RunAsync(context, index.Statement, cancellationToken);
        await context.Database.ExecuteSqlAsync($"""DELETE FROM "DeferredIndexes" WHERE "Name" = {index.Name}""", cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    private static async Task<bool> IsWaitingAsync(SqlitePortalDbContext context, CancellationToken cancellationToken) =>
        await context.Database.SqlQueryRaw<int>(IsThere).SingleAsync(cancellationToken) > 0;

    private static async Task<long> ChangesAsync(SqlitePortalDbContext context, string statement, CancellationToken cancellationToken)
    {
        var before = await context.Database.SqlQueryRaw<long>(Changes).SingleAsync(cancellationToken);
        await RunAsync(context, statement, cancellationToken);
        return await context.Database.SqlQueryRaw<long>(Changes).SingleAsync(cancellationToken) - before;
    }

    /// <summary>A statement of the schema itself, which nobody typed.</summary>
    private static Task RunAsync(SqlitePortalDbContext context, string statement, CancellationToken cancellationToken) =>
        context.Database.ExecuteSqlRawAsync(statement, cancellationToken);

    private sealed record Index(string Name, string Statement);
}
