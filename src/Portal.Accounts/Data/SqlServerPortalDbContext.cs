using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Portal.Accounts.Data;

/// <summary>The SQL Server dialect. Durations are stored as ticks: the time type ends at 24 hours.</summary>
internal sealed class SqlServerPortalDbContext(DbContextOptions<SqlServerPortalDbContext> options) : PortalDbContext(options)
{
    private const int DuplicateIndexKey = 2601;
    private const int DuplicateKey = 2627;

    /// <summary>Letter by letter, as SQLite compares: what is normalised must not be folded once more.</summary>
    private const string Exact = "Latin1_General_100_BIN2";

    public override bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqlException { Number: DuplicateIndexKey or DuplicateKey };

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
        builder.Entity<OneTimeToken>().Property(token => token.BoundTo).UseCollation(Exact);
        builder.Entity<DomainCategory>().Property(category => category.Name).UseCollation(Exact);
        builder.Entity<UserPasskey>().Property(passkey => passkey.Id).UseCollation(Exact);
        builder.Entity<UserIdentity>().Property(identity => identity.Id).UseCollation(Exact);
        builder.Entity<UserIdentity>().Property(identity => identity.ProviderKey).UseCollation(Exact);
        builder.Entity<UserIdentity>().Property(identity => identity.LoginProvider).UseCollation(Exact);
    }
}
