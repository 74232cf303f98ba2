using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Portal.Accounts.Data;

/// <summary>Databases beside the portal's own, with the same model.</summary>
internal sealed class OtherDatabases(IServiceProvider services, WriterPatience patience)
{
    /// <summary>A context of such a database. Moments are written as they are: nothing listens to it.</summary>
    public PortalDbContext Open(DatabaseProvider provider, string connection)
    {
        if (provider is DatabaseProvider.SqlServer)
        {
            return new SqlServerPortalDbContext(Options<SqlServerPortalDbContext>().UseSqlServer(connection).Options);
        }

        Claim(new SqliteConnectionStringBuilder(connection).DataSource);
        return new SqlitePortalDbContext(Options<SqlitePortalDbContext>().UseSqlite(connection).AddInterceptors(patience).Options);
    }

    /// <summary>Makes the file of a new database, which nobody else may read; what SQLite puts beside it gets the same mode.</summary>
    private static void Claim(string file)
    {
        if (file.Length > 0 && !file.StartsWith(':') && !File.Exists(file) && !OperatingSystem.IsWindows())
        {
            new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }
    }

    // The model asks the application for Identity's schema version.
    private DbContextOptionsBuilder<TContext> Options<TContext>()
        where TContext : PortalDbContext => new DbContextOptionsBuilder<TContext>().UseApplicationServiceProvider(services);
}
