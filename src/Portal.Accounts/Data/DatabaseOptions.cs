namespace Portal.Accounts.Data;

/// <summary>Which database holds the accounts, section <c>Database</c>. Nothing else in the code decides on a provider.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "Database";

    /// <summary>The database's kind. Default <see cref="DatabaseProvider.Sqlite"/>; the connection is <c>ConnectionStrings:</c> and this name.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>
    /// Whether pending migrations are applied when the portal starts. Null, the default, means true on SQLite and false
    /// on SQL Server. When false and migrations are pending the start refuses and names the command to run.
    /// </summary>
    public bool? MigrateOnStart { get; set; }

    /// <summary>What <see cref="MigrateOnStart"/> means for this provider.</summary>
    internal bool MigratesOnStart => MigrateOnStart ?? Provider is DatabaseProvider.Sqlite;
}
