using System.Data.Common;
using Microsoft.Extensions.Configuration;

namespace Portal.Accounts.Data;

/// <summary>Where the SQLite database of the settings lies. Whoever looks at it makes nothing.</summary>
internal sealed class SqliteFile(IConfiguration configuration, PortalPaths paths)
{
    public string ConnectionString => Settings().ConnectionString;

    /// <summary>The file; null for a database that has none.</summary>
    public string? Path => (string)Settings()["Data Source"] is { Length: > 0 } file && !file.StartsWith(':') ? file : null;

    /// <summary>Whether somebody named a folder for it that is not there, as who mistypes it does.</summary>
    public bool IsAstray => Path is { } file && System.IO.Path.GetDirectoryName(file) is var folder && !Directory.Exists(folder) && !(paths.IsUsual && folder == paths.DataDirectory);

    /// <summary>
    /// A file beside the database itself, where SQLite says that it is: the same for whoever has this database open. Its folder
    /// exists afterwards.
    /// </summary>
    /// <param name="suffix">What its name has more.</param>
    public string Beside(string suffix)
    {
        var database = paths.InData(Path!);
        return (File.Exists(database) ? File.ResolveLinkTarget(database, returnFinalTarget: true)?.FullName ?? database : database) + suffix;
    }

    private DbConnectionStringBuilder Settings()
    {
        var configured = configuration.GetConnectionString(nameof(DatabaseProvider.Sqlite));
        var builder = new DbConnectionStringBuilder { ConnectionString = string.IsNullOrWhiteSpace(configured) ? "Data Source=portal.db" : configured };
        var file = (string)builder["Data Source"];
        if (file.Length > 0 && !file.StartsWith(':'))
        {
            builder["Data Source"] = paths.Anchored(file);
        }

        return builder;
    }
}
