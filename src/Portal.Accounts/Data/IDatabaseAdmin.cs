namespace Portal.Accounts.Data;

/// <summary>The operator's hand on the schema. Nothing here reads or changes a person's data.</summary>
public interface IDatabaseAdmin
{
    /// <summary>The migrations this build has and the database lacks, oldest first. All of them where there is no database yet.</summary>
    Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Applies what is pending, whatever <see cref="DatabaseOptions.MigrateOnStart"/> says, one process at a time; a
    /// database that does not exist is made.
    /// </summary>
    /// <returns>What was applied, oldest first; empty when the database was up to date.</returns>
    Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken = default);

    /// <summary>Does what the start of the portal does: migrates where <see cref="DatabaseOptions.MigrateOnStart"/> allows it.</summary>
    /// <returns>Null when the database is ready; else one sentence that says what it lacks and what to do.</returns>
    Task<string?> PrepareAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The same for who only reads: no SQLite database is made in a folder that does not exist, for a misspelt one would look
    /// like a portal without people. The usual folder is made all the same.
    /// </summary>
    /// <returns>Null when the database is ready; else one sentence that says what it lacks and what to do.</returns>
    Task<string?> PrepareToReadAsync(CancellationToken cancellationToken = default);
}
