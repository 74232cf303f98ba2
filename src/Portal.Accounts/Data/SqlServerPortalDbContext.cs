using System.Data;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Portal.Accounts.Data;

/// <summary>The SQL Server dialect. Durations are stored as ticks: the time type ends at 24 hours.</summary>
internal sealed class SqlServerPortalDbContext(DbContextOptions<SqlServerPortalDbContext> options) : PortalDbContext(options)
{
    private const int DuplicateIndexKey = 2601;
    private const int DuplicateKey = 2627;

    /// <summary>Letter by letter, as SQLite compares: what is normalised must not be folded once more.</summary>
    private const string Exact = "Latin1_General_100_BIN2";

    /// <summary>A parameter has no collation of its own.</summary>
    private const string Rows = $"SELECT [value] COLLATE {Exact} AS [Value] FROM OPENJSON({{0}}) WITH ([value] nvarchar(450) '$')";

    // Compared as UTF-16, in which the halves of a pair come before this.
    public override (string From, string To) RangeOf(string beginning) => (beginning, beginning + "\uffff");

    public override bool IsUniqueViolation(Exception exception) =>
        (exception is DbUpdateException ? exception.InnerException : exception) is SqlException { Number: DuplicateIndexKey or DuplicateKey };

    public override IQueryable<UserSession> SessionsTaken => Sessions.FromSql($"SELECT * FROM [Sessions] WITH (UPDLOCK)");

    public override Task TakeUsersOfAsync(IQueryable<UserSession> sessions, CancellationToken cancellationToken) =>
        Users.Where(user => sessions.Select(session => session.UserId).Contains(user.Id)).TakeAsync(cancellationToken);

    public override async Task<long> LastUserIdAsync(CancellationToken cancellationToken)
    {
        // Keeps everybody else from adding a row.
        await Database.ExecuteSqlAsync($"DECLARE @taken bigint; SELECT @taken = MAX([Id]) FROM [Users] WITH (TABLOCKX, HOLDLOCK)", cancellationToken);
        return await LastNumberAsync("Users", cancellationToken);
    }

    // Before a table's first row it says the first number, as if that were given.
    public override Task<long> LastNumberAsync(string table, CancellationToken cancellationToken) =>
        Database.SqlQuery<long>($"SELECT CAST(COALESCE(IDENT_CURRENT({table}), 0) AS bigint) AS [Value]").SingleAsync(cancellationToken);

    // One is left out, because a table that never had a row would give the number it is set to.
    public override Task ContinueNumbersAsync(string table, long last, CancellationToken cancellationToken) =>
        Database.ExecuteSqlAsync($"DBCC CHECKIDENT ({table}, RESEED, {last + 1})", cancellationToken);

    public override IQueryable<string> RowsOf(IReadOnlyCollection<string> texts) =>
        Database.SqlQueryRaw<ListedText>(Rows, JsonSerializer.Serialize(texts)).Select(row => row.Value);

    protected override async Task InsertAsync(IEntityType type, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        var columns = StoredColumns.Of(type);
        using var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        using var copy = new SqlBulkCopy(
            (SqlConnection)Database.GetDbConnection(),
            SqlBulkCopyOptions.KeepIdentity | SqlBulkCopyOptions.KeepNulls | SqlBulkCopyOptions.CheckConstraints,
            (SqlTransaction)Database.CurrentTransaction!.GetDbTransaction())
        {
            DestinationTableName = $"[{columns.Table}]",
            // Batches are the caller's.
            BulkCopyTimeout = 0,
        };
        foreach (var (name, stored) in columns.Names.Zip(columns.Types))
        {
            table.Columns.Add(name, stored);
            copy.ColumnMappings.Add(name, name);
        }

        foreach (var row in rows)
        {
            table.Rows.Add(columns.ValuesOf(row));
        }

        await copy.WriteToServerAsync(table, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<TimeSpan>().HaveConversion<long>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // A credential's id may have 1,023 bytes (WebAuthn level 3, section 4): too wide for a clustered key, which ends at 900.
        builder.Entity<UserPasskey>().HasKey(passkey => passkey.CredentialId).IsClustered(false);
        builder.Entity<User>().Property(user => user.NormalizedUserName).UseCollation(Exact);
        builder.Entity<User>().Property(user => user.NormalizedEmail).UseCollation(Exact);
        builder.Entity<User>().Property(user => user.NormalizedFullName).UseCollation(Exact);
        builder.Entity<User>().Property(user => user.Domain).UseCollation(Exact);
        builder.Entity<Role>().Property(role => role.NormalizedName).UseCollation(Exact);
        builder.Entity<EmailDomain>().Property(domain => domain.Name).UseCollation(Exact);
        builder.Entity<UserCount>().Property(count => count.Domain).UseCollation(Exact);
        builder.Entity<OutboxMail>().Property(mail => mail.NormalizedRecipient).HasComputedColumnSql($"UPPER([Recipient]) COLLATE {Exact}", stored: false);
        builder.Entity<OneTimeToken>().Property(token => token.BoundTo).UseCollation(Exact);
        builder.Entity<DomainCategory>().Property(category => category.Name).UseCollation(Exact);
        builder.Entity<UserPasskey>().Property(passkey => passkey.Id).UseCollation(Exact);
        builder.Entity<UserIdentity>().Property(identity => identity.Id).UseCollation(Exact);
        builder.Entity<UserIdentity>().Property(identity => identity.ProviderKey).UseCollation(Exact);
        builder.Entity<UserIdentity>().Property(identity => identity.LoginProvider).UseCollation(Exact);
    }
}
