using Microsoft.EntityFrameworkCore;

namespace Portal.Accounts.Data;

/// <summary>The tables of second factors.</summary>
internal static class FactorTables
{
    public static void Map(ModelBuilder builder)
    {
        builder.Entity<Authenticator>(table =>
        {
            table.ToTable("Authenticators").HasKey(row => row.UserId);
            table.Property(row => row.UserId).ValueGeneratedNever();
            table.Property(row => row.Key).HasMaxLength(PortalDbContext.Lengths.ProtectedKey);
            table.HasOne<User>().WithOne().HasForeignKey<Authenticator>(row => row.UserId);
        });
        builder.Entity<RecoveryCode>(table =>
        {
            table.ToTable("RecoveryCodes");
            table.HasIndex(row => new { row.UserId, row.Name }).IsUnique();
            table.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            table.Property(row => row.Name).HasMaxLength(PortalDbContext.Lengths.RecoveryCodeName);
            table.Property(row => row.Hash).HasMaxLength(PortalDbContext.Lengths.Sentence);
        });
        builder.Entity<TrustedBrowser>(table =>
        {
            table.ToTable("TrustedBrowsers");
            table.HasIndex(row => row.KeyHash).IsUnique();
            table.HasIndex(row => row.SessionId);
            table.HasIndex(row => row.ExpiresAt);
            // No foreign key to the session: its row is cleaned away while the trust goes on.
            table.HasOne<User>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
            table.Property(row => row.KeyHash).HasMaxLength(PortalDbContext.Lengths.Sha256);
            table.Property(row => row.SessionId).HasMaxLength(PortalDbContext.Lengths.SessionId);
            table.Property(row => row.Browser).HasMaxLength(PortalDbContext.Lengths.Word);
            table.Property(row => row.Os).HasMaxLength(PortalDbContext.Lengths.Word);
        });
    }
}
