using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Portal.Accounts.Data;

/// <summary>The SQLite dialect: moments and durations are stored as ticks, so that they compare and sort.</summary>
internal sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options) : PortalDbContext(options)
{
    /// <summary>KiB: as much as the unique indexes of a million users, whose pages a transaction of many touches all over.</summary>
    private const int RoomyCache = 128_000;

    /// <summary>Pages: pages that many transactions touch are carried over from the journal once for all of them.</summary>
    private const int RoomyJournal = 4 * WriterPatience.JournalPages;

    private const int UsualCache = 2_000;

    /// <summary>Bytes: as much as SQLite maps at all. What lies behind is read as ever.</summary>
    private const int MostMapped = 0x7fff0000;

    /// <summary>Of one statement, which finds the last number that the table gave, and keeps the new one, once for all of them.</summary>
    private const int RowsAtOnce = 8;
    private const int Constraint = 19;
    private const int UniqueConstraint = 2067;
    private const int PrimaryKeyConstraint = 1555;

    private bool _isRoomy;

    // Compared as UTF-8, in which the last code point there is comes behind all others.
    public override (string From, string To) RangeOf(string beginning) => (beginning, beginning + "\U0010FFFF");

    public override bool RefusesSooner => true;

    public override bool IsUniqueViolation(Exception exception) =>
        (exception is DbUpdateException ? exception.InnerException : exception) is SqliteException
        {
            SqliteErrorCode: Constraint,
            SqliteExtendedErrorCode: UniqueConstraint or PrimaryKeyConstraint,
        };

    // The transaction has the write lock.
    public override Task<long> LastUserIdAsync(CancellationToken cancellationToken) => LastNumberAsync("Users", cancellationToken);

    // Kept by the database for every table with AUTOINCREMENT, once it had a row.
    public override Task<long> LastNumberAsync(string table, CancellationToken cancellationToken) =>
        Database.SqlQuery<long>($"""SELECT COALESCE(MAX("seq"), 0) AS "Value" FROM "sqlite_sequence" WHERE "name" = {table}""").SingleAsync(cancellationToken);

    public override async Task ContinueNumbersAsync(string table, long last, CancellationToken cancellationToken)
    {
        // The table has no unique key to insert or update by.
        await Database.ExecuteSqlAsync($"""INSERT INTO "sqlite_sequence" ("name", "seq") SELECT {table}, 0 WHERE NOT EXISTS (SELECT 1 FROM "sqlite_sequence" WHERE "name" = {table})""", cancellationToken);
        await Database.ExecuteSqlAsync($"""UPDATE "sqlite_sequence" SET "seq" = MAX("seq", {last}) WHERE "name" = {table}""", cancellationToken);
    }

    public override Task SpendNumberAsync(string table, long number, CancellationToken cancellationToken) =>
        ContinueNumbersAsync(table, number, cancellationToken);

    public override IQueryable<string> RowsOf(IReadOnlyCollection<string> texts) =>
        Database.SqlQuery<ListedText>($"""SELECT value AS "Value" FROM json_each({JsonSerializer.Serialize(texts)})""").Select(row => row.Value);

    public override IQueryable<long> UserIdsByText(string text) =>
        // A phrase in double quotes, in which a double quote is written twice.
        // And a row of its own: a bare number is cast wherever it is compared or sorted by, and every hit is read and sorted before the first.
        Database.SqlQuery<TextHit>($"""SELECT rowid AS "UserId" FROM "UserText" WHERE "UserText" MATCH {$"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""}""")
            .Select(hit => hit.UserId);

    public override async Task MakeRoomAsync(CancellationToken cancellationToken)
    {
        await Database.OpenConnectionAsync(cancellationToken);
        _isRoomy = true;
        await Database.ExecuteSqlRawAsync($"PRAGMA cache_size = -{RoomyCache}; PRAGMA wal_autocheckpoint = {RoomyJournal}", cancellationToken);
    }

    public override async Task DeferIndexesAsync(CancellationToken cancellationToken)
    {
        // Every index that is made reads the whole table, in two thirds of the time where it is mapped. Where a disk cannot be
        // read that ends the process, not the statement: so for an import alone, never for what begins with a server.
        await Database.ExecuteSqlRawAsync($"PRAGMA mmap_size = {MostMapped}", cancellationToken);
        await DeferredIndexes.DeferAsync(this, cancellationToken);
    }

    public override Task<int> BuildIndexesAsync(CancellationToken cancellationToken) => DeferredIndexes.BuildAsync(this, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        try
        {
            if (_isRoomy)
            {
                // The connection goes back to the others as it came; its journal's limit is set anew whenever it is opened.
                await Database.ExecuteSqlRawAsync($"PRAGMA cache_size = -{UsualCache}; PRAGMA mmap_size = 0");
            }
        }
        finally
        {
            await base.DisposeAsync();
        }
    }

    protected override async Task InsertAsync(IEntityType type, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        if (type.ClrType == typeof(User))
        {
            await InsertUsersAsync(type, rows, cancellationToken);
        }
        else
        {
            InsertRows(type, rows, cancellationToken);
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<long>();
    }

    private async Task InsertUsersAsync(IEntityType type, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        await Database.ExecuteSqlRawAsync(UserCountsSchema.SqliteManyRows.Before, cancellationToken);
        await Database.ExecuteSqlRawAsync(UserTextSchema.SqliteManyRows.Before, cancellationToken);
        InsertRows(type, rows, cancellationToken);
        List<User> users = [.. rows.Cast<User>().OrderBy(user => user.Id)];
        Execute(UserTextSchema.SqliteAdd, users, BindText, cancellationToken);
        var states = users.CountBy(user =>
            (user.Domain ?? "", user.IsActive, user.ConfirmedAt is not null, user.VerifiedAt is not null, user.BlockedAt is not null, user.TwoFactorEnabled));
        Execute(UserCountsSchema.SqliteAdd, states, BindCount, cancellationToken);
        await Database.ExecuteSqlRawAsync(UserTextSchema.SqliteManyRows.After, cancellationToken);
        await Database.ExecuteSqlRawAsync(UserCountsSchema.SqliteManyRows.After, cancellationToken);
    }

    /// <summary>By statements of <see cref="RowsAtOnce"/>, and one of those that are left; row by row where there are foreign keys.</summary>
    /// <remarks>
    /// Nothing of a transaction in which one fails is kept, so none needs to be undone by itself: by default SQLite first copies
    /// every page that a statement of several rows touches, mostly into a file. Foreign keys make it do so all the same, but
    /// not for a statement of one row.
    /// </remarks>
    private void InsertRows(IEntityType type, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        var (columns, bind) = (StoredColumns.Of(type), SqliteBinding.Of(type));
        var places = $"({string.Join(", ", columns.Names.Select(_ => "?"))})";
        var atOnce = type.GetForeignKeys().Any() ? 1 : RowsAtOnce;
        foreach (var alike in rows.Chunk(atOnce).GroupBy(some => some.Length))
        {
            var insert = $"""
                INSERT OR FAIL INTO "{columns.Table}" ({string.Join(", ", columns.Names.Select(name => $"\"{name}\""))})
                VALUES {string.Join(", ", Enumerable.Repeat(places, alike.Key))}
                """;
            Execute(insert, alike, BindSome, cancellationToken);
        }

        void BindSome(SqliteStatement statement, object[] some)
        {
            for (var row = 0; row < some.Length; row++)
            {
                bind(statement, (row * columns.Names.Count) + 1, some[row]);
            }
        }
    }

    private static void BindText(SqliteStatement statement, User user)
    {
        statement.Bind(1, user.Id);
        statement.Bind(2, user.NormalizedEmail);
        statement.Bind(3, user.NormalizedUserName);
        statement.Bind(4, user.NormalizedFullName);
    }

    private static void BindCount(SqliteStatement statement, KeyValuePair<(string Domain, bool IsActive, bool IsConfirmed, bool IsVerified, bool IsBlocked, bool HasSecondFactor), int> state)
    {
        var (domain, isActive, isConfirmed, isVerified, isBlocked, hasSecondFactor) = state.Key;
        statement.Bind(1, domain);
        statement.Bind(2, isActive);
        statement.Bind(3, isConfirmed);
        statement.Bind(4, isVerified);
        statement.Bind(5, isBlocked);
        statement.Bind(6, hasSecondFactor);
        statement.Bind(7, state.Value);
    }

    private void Execute<T>(string statement, IEnumerable<T> rows, Action<SqliteStatement, T> bind, CancellationToken cancellationToken)
    {
        _ = Database.CurrentTransaction ?? throw new InvalidOperationException("Many rows are written in a transaction.");
        using var prepared = new SqliteStatement((SqliteConnection)Database.GetDbConnection(), statement);
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            bind(prepared, row);
            prepared.Run();
        }
    }

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        moment => moment.UtcTicks,
        ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    private sealed record TextHit(long UserId);
}
