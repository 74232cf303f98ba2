using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Tests.Accounts.Administration;

/// <summary>Very many who have a role, written past the portal in one go.</summary>
internal static class RoleCrowd
{
    public static async Task<int> AddAsync(PortalDbContext context, string role, int count)
    {
        await context.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        return await AddAsync(context.Database.GetDbConnection(), role, count);
    }

    public static Task<int> AddAsync(DbConnection connection, string role, int count) => RunAsync(
        connection,
        string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {{count}})
            INSERT INTO "Users" ("Email", "NormalizedEmail", "Domain", "IsActive", "ConfirmedAt", "EmailConfirmed", "PhoneNumberConfirmed",
                "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount", "Profile", "Preferences", "CreatedAt", "UpdatedAt", "RoleCount")
            SELECT n || '@crowd.example', n || '@CROWD.EXAMPLE', 'crowd.example', 1, 1, 1, 0, 0, 1, 0, '{}', '{}', n, n, 1 FROM numbers;
            INSERT INTO "Memberships" ("UserId", "RoleId") SELECT "Users"."Id", "Roles"."Id" FROM "Users", "Roles" WHERE "Domain" = 'crowd.example' AND "Name" = '{{role}}';
            """));

    /// <summary>From now on the database refuses to delete a role; its members it lets go.</summary>
    public static Task RefuseEndAsync(DbConnection connection) =>
        RunAsync(connection, """CREATE TRIGGER "RefuseEnd" BEFORE DELETE ON "Roles" BEGIN SELECT RAISE(ABORT, 'The database refuses.'); END""");

    public static Task AllowEndAsync(DbConnection connection) => RunAsync(connection, """DROP TRIGGER "RefuseEnd" """);

    private static async Task<int> RunAsync(DbConnection connection, string statement)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        return await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
