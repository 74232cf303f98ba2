using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Portal.Accounts.Data;

/// <summary>The SQLite dialect: moments and durations are stored as ticks, so that they compare and sort.</summary>
internal sealed class SqlitePortalDbContext(DbContextOptions<SqlitePortalDbContext> options) : PortalDbContext(options)
{
    private const int Constraint = 19;
    private const int UniqueConstraint = 2067;
    private const int PrimaryKeyConstraint = 1555;

    public override bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqliteException
        {
            SqliteErrorCode: Constraint,
            SqliteExtendedErrorCode: UniqueConstraint or PrimaryKeyConstraint,
        };

    public override IQueryable<long> UserIdsByText(string text) =>
        // A phrase in double quotes, in which a double quote is written twice.
        Database.SqlQuery<long>($"""SELECT rowid AS "Value" FROM "UserText" WHERE "UserText" MATCH {$"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""}""");

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();
        configurationBuilder.Properties<TimeSpan>().HaveConversion<long>();
    }

    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        moment => moment.UtcTicks,
        ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
