using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Accounts.Data;

/// <summary>The table of sessions, which is looked through in more ways than any other.</summary>
internal static class SessionTables
{
    public static void Map(ModelBuilder builder) => builder.Entity<UserSession>(Map);

    private static void Map(EntityTypeBuilder<UserSession> table)
    {
        table.ToTable("Sessions");
        table.Property(row => row.Id).HasMaxLength(PortalDbContext.Lengths.SessionId);
        table.Property(row => row.KeyHash).HasMaxLength(PortalDbContext.Lengths.Sha256);
        table.Property(row => row.Ip).HasMaxLength(PortalDbContext.Lengths.Ip);
        table.Property(row => row.Country).HasMaxLength(2);
        table.Property(row => row.Browser).HasMaxLength(PortalDbContext.Lengths.Word);
        table.Property(row => row.BrowserVersion).HasMaxLength(PortalDbContext.Lengths.Word);
        table.Property(row => row.Os).HasMaxLength(PortalDbContext.Lengths.Word);
        table.Property(row => row.Device).HasMaxLength(PortalDbContext.Lengths.Word);
        table.Property(row => row.Method).HasMaxLength(PortalDbContext.Lengths.Word);
        table.Property(row => row.Provider).HasMaxLength(PortalDbContext.Lengths.Scheme);
        table.Property(row => row.ProviderSubject).HasMaxLength(PortalDbContext.Lengths.Name);
        table.Property(row => row.ProviderSessionId).HasMaxLength(PortalDbContext.Lengths.Name);
        table.Property(row => row.Node).HasMaxLength(PortalDbContext.Lengths.Node);
        table.Property(row => row.EndReason).HasMaxLength(PortalDbContext.Lengths.Word);
        table.Property(row => row.ImpersonatorSessionId).HasMaxLength(PortalDbContext.Lengths.SessionId);
        table.HasIndex(row => row.KeyHash).IsUnique();
        table.HasIndex(row => new { row.UserId, row.EndedAt });
        table.HasIndex(row => new { row.EndedAt, row.ExpiresAt });
        LiveSessionIndexes(table);
        table.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        // No foreign key for EndedById and ImpersonatorId: a second path to Users is refused by SQL Server (error 1785), and
        // a row that says who ended it must outlive that person.
    }

    /// <summary>
    /// For the list of everybody's live sessions, by id, which is by age: one index a filter, without the many rows that ended.
    /// Live is told by the reason and not by the moment, whose own index SQLite would rather take, and sort.
    /// </summary>
    private static void LiveSessionIndexes(EntityTypeBuilder<UserSession> table)
    {
        // Unquoted, so that both dialects read it.
        const string Live = "EndReason IS NULL";
        table.HasIndex(row => row.Id).HasFilter(Live).HasDatabaseName("IX_Sessions_Live");
        table.HasIndex(row => new { row.Ip, row.Id }).HasFilter(Live);
        // With the others, and with the reason, which SQLite else looks up: several filters at once are counted without a look at each row.
        table.HasIndex(row => new { row.Country, row.Id, row.Browser, row.Os, row.EndReason }).HasFilter(Live).HasDatabaseName("IX_Sessions_Country");
        table.HasIndex(row => new { row.Browser, row.Id, row.Country, row.Os, row.EndReason }).HasFilter(Live).HasDatabaseName("IX_Sessions_Browser");
        table.HasIndex(row => new { row.Os, row.Id, row.Country, row.Browser, row.EndReason }).HasFilter(Live).HasDatabaseName("IX_Sessions_Os");
        table.HasIndex(row => row.ImpersonatorId).HasFilter("ImpersonatorId IS NOT NULL");
        table.HasIndex(row => row.ImpersonatorSessionId).HasFilter("ImpersonatorSessionId IS NOT NULL");
        // A provider says whose session there is over, or which.
        table.HasIndex(row => new { row.ProviderSubject, row.Provider }).HasFilter("ProviderSubject IS NOT NULL");
        table.HasIndex(row => new { row.ProviderSessionId, row.Provider }).HasFilter("ProviderSessionId IS NOT NULL");
    }
}
