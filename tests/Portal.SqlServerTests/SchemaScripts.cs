using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Portal.Accounts.Data;

namespace Portal.SqlServerTests;

internal static class SchemaScripts
{
    /// <summary>The final model, from nothing.</summary>
    public static string Create(PortalDbContext context) => context.Database.GenerateCreateScript();

    /// <summary>What a migration makes besides the model's tables.</summary>
    public static string Views => string.Join("\nGO\n", UserCountsSchema.SqlServer);

    /// <summary>Every migration, each applied only where it is missing: what an operator may run by hand.</summary>
    public static string Migrations(PortalDbContext context) =>
        context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

    /// <summary>The table that remembers which migrations were applied.</summary>
    public static string History(PortalDbContext context) => context.GetService<IHistoryRepository>().GetCreateScript();
}
