using Microsoft.EntityFrameworkCore;

namespace Portal.Accounts.Data;

/// <summary>The table of security events.</summary>
internal static class AuditTable
{
    public static void Map(ModelBuilder builder) => builder.Entity<AuditEvent>(table =>
    {
        table.ToTable("AuditEvents");
        table.Property(row => row.Kind).HasMaxLength(PortalDbContext.Lengths.Word);
        table.Property(row => row.SessionId).HasMaxLength(PortalDbContext.Lengths.SessionId);
        table.Property(row => row.Ip).HasMaxLength(PortalDbContext.Lengths.Ip);
        table.Property(row => row.IpSalt).HasMaxLength(PortalDbContext.Lengths.Salt);
        table.Property(row => row.IpDigest).HasMaxLength(PortalDbContext.Lengths.Sha256);
        table.Property(row => row.DetailsSalt).HasMaxLength(PortalDbContext.Lengths.Salt);
        table.Property(row => row.DetailsDigest).HasMaxLength(PortalDbContext.Lengths.Sha256);
        table.Property(row => row.Hash).HasMaxLength(PortalDbContext.Lengths.Sha256);
        table.HasIndex(row => row.Position).IsUnique();
        // What is not linked yet: the unique index leaves nulls out on SQL Server.
        table.HasIndex(row => new { row.Position, row.Id });
        table.HasIndex(row => new { row.SubjectId, row.Id });
        table.HasIndex(row => new { row.ActorId, row.Id });
        table.HasIndex(row => new { row.Kind, row.Id });
        // How many of a kind in an hour or a day.
        table.HasIndex(row => new { row.Kind, row.At });
        table.HasIndex(row => row.At);
        table.HasIndex(row => new { row.Ip, row.Id });
    });
}
