using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Portal.Accounts.Data;

/// <summary>Every table of the portal. The two dialects derive from it; nothing else knows the provider.</summary>
/// <remarks>Lives for one operation: take it from <see cref="IDbContextFactory{TContext}"/>, or from a scope of your own.</remarks>
internal abstract class PortalDbContext(DbContextOptions options)
    : IdentityDbContext<User, Role, long, IdentityUserClaim<long>, IdentityUserRole<long>, UserIdentity,
        IdentityRoleClaim<long>, IdentityUserToken<long>, UserPasskey>(options)
{
    public DbSet<LoginInformation> LoginInformation => Set<LoginInformation>();

    public DbSet<UserSession> Sessions => Set<UserSession>();

    public DbSet<OneTimeToken> OneTimeTokens => Set<OneTimeToken>();

    public DbSet<OutboxMail> OutboxMails => Set<OutboxMail>();

    public DbSet<EmailDomain> EmailDomains => Set<EmailDomain>();

    public DbSet<FeedEntry> Feed => Set<FeedEntry>();

    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    public DbSet<UserPicture> Pictures => Set<UserPicture>();

    public DbSet<Authenticator> Authenticators => Set<Authenticator>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<TrustedBrowser> TrustedBrowsers => Set<TrustedBrowser>();

    public DbSet<DomainCategory> DomainCategories => Set<DomainCategory>();

    public DbSet<Organisation> Organisations => Set<Organisation>();

    /// <summary>Only to be read: the database keeps them.</summary>
    public DbSet<UserCount> UserCounts => Set<UserCount>();

    /// <summary>The ids of everybody who has the administrator role, whether they may sign in or not.</summary>
    public IQueryable<long> AdministratorIds => Roles.Where(role => role.NormalizedName == RoleNames.NormalizedAdministrator)
        .Join(UserRoles, role => role.Id, member => member.RoleId, (role, member) => member.UserId);

    /// <summary>
    /// Between which texts, the first included and the second not, those lie that begin with one: a range that the index of a
    /// column compared letter by letter serves.
    /// </summary>
    public abstract (string From, string To) RangeOf(string beginning);

    /// <summary>Whether a save, or <see cref="WriteAsync{T}"/>, failed because another row already holds a unique value.</summary>
    public abstract bool IsUniqueViolation(Exception exception);

    /// <summary>Whether many rows are sooner written, and refused for one that clashes, than it is looked up first whether one does.</summary>
    public virtual bool RefusesSooner => false;

    /// <summary>
    /// Writes rows as they are, their numbers and moments too, in the running transaction: for many, a fraction of the time of
    /// saving them. Neither the change tracker nor who listens to it learns of them. Whatever it throws, the transaction is to
    /// be rolled back: some of the rows may be written.
    /// </summary>
    /// <param name="type">What they are in this model.</param>
    /// <param name="rows">The rows, after those that they refer to.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task WriteAsync(IEntityType type, IReadOnlyCollection<object> rows, CancellationToken cancellationToken)
    {
        if (type.GetNavigations().All(navigation => !navigation.TargetEntityType.IsOwned()))
        {
            await InsertAsync(type, rows, cancellationToken);
            return;
        }

        // A column of it is JSON, which the framework alone writes.
        AddRange(rows);
        await SaveChangesAsync(cancellationToken);
        ChangeTracker.Clear();
    }

    /// <inheritdoc cref="WriteAsync(IEntityType, IReadOnlyCollection{object}, CancellationToken)"/>
    public Task WriteAsync<T>(IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where T : class => WriteAsync(Model.FindEntityType(typeof(T))!, rows, cancellationToken);

    /// <summary>
    /// Makes ready for many batches of <see cref="WriteAsync{T}"/>, until this context is disposed of: one connection, with the
    /// memory that they need. A dialect whose server sees to its memory need not.
    /// </summary>
    public virtual Task MakeRoomAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Very many people are about to come into a portal that has few: what lists are read by steps aside, until
    /// <see cref="BuildIndexesAsync"/>. For whoever has the <see cref="ImportLock"/>, which a dialect that gains nothing by it does not give.
    /// </summary>
    public virtual Task DeferIndexesAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes again what stepped aside, be it in a process that is no more. For whoever has the <see cref="ImportLock"/>. Returns how many indexes that were.</summary>
    public virtual Task<int> BuildIndexesAsync(CancellationToken cancellationToken) => Task.FromResult(0);

    /// <summary>
    /// Sessions that are about to end: whoever else reads a row of them by this waits until the running transaction is over,
    /// and finds it as it is then. A dialect that has one writer at a time need not do anything for it.
    /// </summary>
    public virtual IQueryable<UserSession> SessionsTaken => Sessions;

    /// <summary>
    /// Takes the rows of the users whose sessions are about to end, before those sessions: whoever begins a session, and ends
    /// the browser's former one for it, has them in that order. Who comes to match later is not among them. A dialect that has
    /// one writer at a time need not.
    /// </summary>
    public virtual Task TakeUsersOfAsync(IQueryable<UserSession> sessions, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The last number that a user was given, were they gone since. Until the running transaction ends nobody else gets one.</summary>
    public abstract Task<long> LastUserIdAsync(CancellationToken cancellationToken);

    /// <summary>The last number that a row of a table was given by the database, were it gone since.</summary>
    public abstract Task<long> LastNumberAsync(string table, CancellationToken cancellationToken);

    /// <summary>Lets a table's numbers go on after one, so that none of a row that is gone is given once more.</summary>
    public abstract Task ContinueNumbersAsync(string table, long last, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps the number of a row that a savepoint took back from being given once more. A dialect that never takes numbers
    /// back need not do anything for it.
    /// </summary>
    public virtual Task SpendNumberAsync(string table, long number, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Texts as rows, however many they are: one parameter. For columns that are compared letter by letter, whose collation a
    /// list of EF's own does not have on SQL Server, which then refuses the statement (error 468).
    /// </summary>
    public abstract IQueryable<string> RowsOf(IReadOnlyCollection<string> texts);

    /// <summary>
    /// The ids of users whose address, username or full name holds a text, from an index made for it. Null where the dialect
    /// has none; then rows are looked through.
    /// </summary>
    /// <param name="text">Normalised, at least three characters.</param>
    public virtual IQueryable<long>? UserIdsByText(string text) => null;

    /// <summary>Writes rows that are all columns, past the change tracker.</summary>
    protected abstract Task InsertAsync(IEntityType type, IReadOnlyCollection<object> rows, CancellationToken cancellationToken);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        IdentityTables.Map(builder);
        builder.Entity<LoginInformation>(table =>
        {
            table.ToTable("LoginInformation").HasKey(row => row.UserId);
            table.Property(row => row.UserId).ValueGeneratedNever();
            table.HasOne<User>().WithOne(user => user.LoginInformation).HasForeignKey<LoginInformation>(row => row.UserId);
            table.Property(row => row.LastLoginIp).HasMaxLength(Lengths.Ip);
            table.Property(row => row.CurrentLoginIp).HasMaxLength(Lengths.Ip);
        });
        SessionTables.Map(builder);
        builder.Entity<OneTimeToken>(table =>
        {
            table.ToTable("OneTimeTokens");
            table.HasIndex(row => row.TokenHash).IsUnique();
            table.HasIndex(row => new { row.UserId, row.Purpose });
            table.HasIndex(row => row.ExpiresAt);
            table.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            table.Property(row => row.TokenHash).HasMaxLength(Lengths.Sha256);
            table.Property(row => row.BoundTo).HasMaxLength(Lengths.Email);
        });
        builder.Entity<OutboxMail>(table =>
        {
            table.ToTable("OutboxMails");
            table.HasIndex(row => row.DueAt);
            table.HasIndex(row => row.UserId);
            table.HasIndex(row => new { row.State, row.Id });
            table.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.SetNull);
            table.Property(row => row.Kind).HasMaxLength(Lengths.Word);
            table.Property(row => row.Recipient).HasMaxLength(Lengths.Email);
            table.Property(row => row.NormalizedRecipient).HasMaxLength(Lengths.Email).HasComputedColumnSql("UPPER([Recipient])", stored: false);
            table.HasIndex(row => new { row.NormalizedRecipient, row.Id });
            table.Property(row => row.LastError).HasMaxLength(Lengths.Sentence);
        });
        DomainTables(builder);
        FactorTables.Map(builder);
        builder.Entity<FeedEntry>(table =>
        {
            table.ToTable("Feed");
            table.HasIndex(row => row.CreatedAt);
            table.Property(row => row.Source).HasMaxLength(Lengths.Node);
        });
        AuditTable.Map(builder);
        builder.Entity<UserPicture>(table =>
        {
            table.ToTable("Pictures").HasKey(row => row.UserId);
            table.Property(row => row.UserId).ValueGeneratedNever();
            table.HasOne<User>().WithOne().HasForeignKey<UserPicture>(row => row.UserId);
            table.Property(row => row.ContentType).HasMaxLength(Lengths.Word);
            table.Property(row => row.Version).HasMaxLength(Lengths.Word);
        });
        builder.Entity<UserCount>(view =>
        {
            // No table to the model: raw statements of a migration make it, on each dialect its own.
            view.ToView(UserCountsSchema.Name).HasNoKey();
            view.Property(row => row.Domain).HasMaxLength(Lengths.Domain);
        });
    }

    private static void DomainTables(ModelBuilder builder)
    {
        builder.Entity<EmailDomain>(table =>
        {
            table.ToTable("EmailDomains");
            table.HasIndex(row => row.Name).IsUnique();
            table.HasIndex(row => new { row.CreatedAt, row.Id });
            table.HasIndex(row => new { row.UpdatedAt, row.Id });
            table.HasIndex(row => new { row.Status, row.Name, row.Id });
            table.HasIndex(row => new { row.IsFlagged, row.Name, row.Id });
            table.Property(row => row.Name).HasMaxLength(Lengths.Domain);
            table.Property(row => row.TopLevel).HasMaxLength(Lengths.Label);
            table.Property(row => row.FlagSource).HasMaxLength(Lengths.Name);
            table.HasOne<DomainCategory>().WithMany().HasForeignKey(row => row.CategoryId).OnDelete(DeleteBehavior.SetNull);
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.OrganisationId).OnDelete(DeleteBehavior.SetNull);
        });
        builder.Entity<DomainCategory>(table =>
        {
            table.ToTable("DomainCategories");
            table.HasIndex(row => row.Name).IsUnique();
            table.Property(row => row.Name).HasMaxLength(Lengths.Word);
        });
        builder.Entity<Organisation>(table =>
        {
            table.ToTable("Organisations");
            table.HasIndex(row => row.Identifier).IsUnique();
            table.Property(row => row.Name).HasMaxLength(Lengths.Name);
            table.Property(row => row.Identifier).HasMaxLength(Lengths.Name);
            // Whoever deletes one moves its parts first: a cascade to itself is refused by SQL Server (error 1785).
            table.HasOne<Organisation>().WithMany().HasForeignKey(row => row.ParentId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    /// <summary>Column lengths in characters; keys and indexes stay inside SQL Server's 900 and 1,700 bytes.</summary>
    internal static class Lengths
    {
        public const int Sha256 = 32;
        public const int Salt = 16;
        public const int ProtectedKey = 400;
        public const int RecoveryCodeName = 4;
        public const int SessionId = 26;
        public const int IdentityId = 32;
        public const int ExternalId = 128;
        public const int Scheme = 32;
        public const int Ip = 45;
        public const int Word = 64;
        public const int Label = 63;
        public const int RoleName = 80;
        public const int Node = 80;
        public const int Domain = 253;
        public const int Email = 254;
        public const int Name = 255;
        public const int Sentence = 500;
    }

    /// <summary>
    /// One of <see cref="RowsOf"/>, as a row with a column that is never null: of a bare text Entity Framework does not know
    /// that, and compares nulls as well, for which every row of the table is read.
    /// </summary>
    protected sealed record ListedText(string Value);
}
