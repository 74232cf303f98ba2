using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Portal.Accounts.Data;

/// <summary>The tables that Identity knows: users, roles, memberships, passkeys, identities.</summary>
internal static class IdentityTables
{
    public static void Map(ModelBuilder builder)
    {
        builder.Entity<User>(table =>
        {
            table.ToTable("Users");
            table.Property(user => user.UserName).HasMaxLength(PortalDbContext.Lengths.Name);
            table.Property(user => user.NormalizedUserName).HasMaxLength(PortalDbContext.Lengths.Name);
            table.Property(user => user.Email).HasMaxLength(PortalDbContext.Lengths.Email);
            table.Property(user => user.NormalizedEmail).HasMaxLength(PortalDbContext.Lengths.Email);
            table.HasIndex(user => user.NormalizedEmail).IsUnique().HasDatabaseName("EmailIndex");
            table.Property(user => user.Domain).HasMaxLength(PortalDbContext.Lengths.Domain);
            table.HasIndex(user => user.Domain);
            table.Property(user => user.NormalizedFullName).HasMaxLength(PortalDbContext.Lengths.Name);
            table.Property(user => user.SortUserName).HasMaxLength(PortalDbContext.Lengths.Name).HasComputedColumnSql("COALESCE([NormalizedUserName], '')", stored: false);
            table.Property(user => user.State).HasComputedColumnSql(
                "CASE WHEN [BlockedAt] IS NOT NULL THEN 3 WHEN [IsActive] = 0 THEN 2 WHEN [ConfirmedAt] IS NULL THEN 1 ELSE 0 END", stored: false);
            table.Property(user => user.SortSecondFactor).HasComputedColumnSql("CASE WHEN [TwoFactorEnabled] = 1 THEN 1 ELSE 0 END", stored: false);
            // What the list of users is sorted by.
            table.HasIndex(user => user.SortUserName);
            table.HasIndex(user => user.NormalizedFullName);
            table.HasIndex(user => user.SignedInAt);
            table.HasIndex(user => user.CreatedAt);
            table.HasIndex(user => user.State);
            table.HasIndex(user => user.SortSecondFactor);
            table.HasIndex(user => user.RoleCount);
            table.HasIndex(user => user.LiveSessions);
            // WrongPasswords.MaxInARow, of a room above.
            table.HasIndex(user => user.AccessFailedCount).HasFilter("[AccessFailedCount] >= 100");
            table.HasIndex(user => user.VerifiedAt).HasFilter("[VerifiedAt] IS NOT NULL");
            table.HasIndex(user => new { user.TwoFactorEnabled, user.State });
            table.Property(user => user.PasswordHash).HasMaxLength(PortalDbContext.Lengths.Sentence);
            table.Property(user => user.SecurityStamp).HasMaxLength(PortalDbContext.Lengths.Word);
            table.Property(user => user.ConcurrencyStamp).HasMaxLength(PortalDbContext.Lengths.Word);
            table.Property(user => user.NewEmail).HasMaxLength(PortalDbContext.Lengths.Email);
            table.Property(user => user.PhoneNumber).HasMaxLength(PortalDbContext.Lengths.Word);
            table.Property(user => user.PasskeyHandle).HasMaxLength(PortalDbContext.Lengths.Word);
        });
        builder.Entity<Role>(table =>
        {
            table.ToTable("Roles");
            table.Property(role => role.Name).HasMaxLength(PortalDbContext.Lengths.RoleName);
            table.Property(role => role.NormalizedName).HasMaxLength(PortalDbContext.Lengths.RoleName);
            table.Property(role => role.Description).HasMaxLength(PortalDbContext.Lengths.Name);
            table.Property(role => role.ConcurrencyStamp).HasMaxLength(PortalDbContext.Lengths.Word);
        });
        builder.Entity<IdentityUserRole<long>>(table =>
        {
            table.ToTable("Memberships");
            // A role's members page by page, in the order of their ids.
            table.HasIndex(member => new { member.RoleId, member.UserId });
        });
        builder.Entity<IdentityUserClaim<long>>().ToTable("UserClaims");
        builder.Entity<IdentityRoleClaim<long>>().ToTable("RoleClaims");
        builder.Entity<IdentityUserToken<long>>().ToTable("UserTokens");
        builder.Entity<UserPasskey>().ToTable("Passkeys").HasIndex(row => row.Id).IsUnique();
        builder.Entity<UserPasskey>().Property(row => row.Id).HasMaxLength(PortalDbContext.Lengths.IdentityId).IsRequired();
        builder.Entity<UserPasskey>().Property(row => row.Seal).HasMaxLength(PortalDbContext.Lengths.Sentence);
        builder.Entity<UserIdentity>(table =>
        {
            table.ToTable("Identities");
            table.HasIndex(row => new { row.UserId, row.LoginProvider }).IsUnique();
            table.Property(row => row.ProviderDisplayName).HasMaxLength(PortalDbContext.Lengths.Name);
            table.Property(row => row.Id).HasMaxLength(PortalDbContext.Lengths.IdentityId).IsRequired();
            table.HasIndex(row => row.Id).IsUnique();
            table.HasIndex(row => new { row.CreatedAt, row.Id });
            table.HasIndex(row => new { row.ProviderKey, row.Id });
            table.HasIndex(row => new { row.LoginProvider, row.CreatedAt, row.Id });
        });
    }
}
