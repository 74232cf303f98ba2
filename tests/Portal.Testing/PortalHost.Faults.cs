using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Accounts.Data;

namespace Portal.Testing;

// What goes wrong on demand.
public sealed partial class PortalHost
{
    /// <summary>From now on the database refuses to mark a session as ended, whoever asks.</summary>
    /// <param name="sessionId">The public id.</param>
    public async Task RefuseToEndAsync(string sessionId)
    {
        await using var context = await Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        await context.Database.ExecuteSqlAsync($"""CREATE TABLE IF NOT EXISTS "Refused" ("Id" TEXT PRIMARY KEY)""");
        await context.Database.ExecuteSqlAsync(
            $"""
            CREATE TRIGGER IF NOT EXISTS "RefuseToEnd" BEFORE UPDATE OF "EndReason" ON "Sessions" WHEN NEW."Id" IN (SELECT "Id" FROM "Refused")
            BEGIN SELECT RAISE(ABORT, 'The database refuses.'); END
            """);
        await context.Database.ExecuteSqlAsync($"""INSERT INTO "Refused" ("Id") VALUES ({sessionId})""");
    }

    /// <summary>Takes <see cref="RefuseToEndAsync"/> back.</summary>
    /// <param name="sessionId">The public id.</param>
    public async Task AllowToEndAsync(string sessionId)
    {
        await using var context = await Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        await context.Database.ExecuteSqlAsync($"""DELETE FROM "Refused" WHERE "Id" = {sessionId}""");
    }
}
