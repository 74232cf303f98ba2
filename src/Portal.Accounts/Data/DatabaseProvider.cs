namespace Portal.Accounts.Data;

/// <summary>The databases the portal runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>A file, nothing to install; one machine.</summary>
    Sqlite,

    /// <summary>SQL Server 2019 or newer, or Azure SQL; any number of nodes.</summary>
    SqlServer,
}
