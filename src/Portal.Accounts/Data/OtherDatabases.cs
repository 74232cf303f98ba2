using Microsoft.EntityFrameworkCore;

namespace Portal.Accounts.Data;

/// <summary>Databases beside the portal's own, with the same model.</summary>
internal sealed class OtherDatabases(IServiceProvider services, WriterPatience patience)
{
    /// <summary>A context of such a database. Moments are written as they are: nothing listens to it.</summary>
    public PortalDbContext Open(DatabaseProvider provider, string connection) => provider is DatabaseProvider.SqlServer
        ? new SqlServerPortalDbContext(Options<SqlServerPortalDbContext>().UseSqlServer(connection).Options)
        : new SqlitePortalDbContext(Options<SqlitePortalDbContext>().UseSqlite(connection).AddInterceptors(patience).Options);

    // The model asks the application for Identity's schema version.
    private DbContextOptionsBuilder<TContext> Options<TContext>()
        where TContext : PortalDbContext => new DbContextOptionsBuilder<TContext>().UseApplicationServiceProvider(services);
}
