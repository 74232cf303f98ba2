namespace Portal.Accounts.Audit;

/// <summary>The operator's hand on the log of security events. Callers decide who may call; any place may.</summary>
public interface IAuditAdmin
{
    /// <summary>
    /// Links what is not linked yet and then goes through the whole chain, a page at a time. One altered byte in any column
    /// is found, as is a row that is missing, added or in another's place; each fault names its row. That the newest rows
    /// were taken away, or the whole chain was made anew, shows only against a head noted earlier.
    /// </summary>
    /// <param name="expected">A head noted earlier; null for none.</param>
    /// <param name="progress">Told after each page how many rows were looked at; null for nobody.</param>
    /// <param name="cancellationToken">Stops at the next page.</param>
    Task<AuditVerification> VerifyAsync(AuditHead? expected = null, Action<long>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes events in the order of the chain as JSON Lines (UTF-8, one object a line, ended by a line feed), a page at a
    /// time. What is written suffices to check the hashes. Returns how many events it wrote.
    /// </summary>
    /// <param name="output">Where to; left open.</param>
    /// <param name="filter">Which; null for all.</param>
    /// <param name="progress">Told after each page how many events are written; null for nobody.</param>
    /// <param name="cancellationToken">Stops at the next page.</param>
    Task<long> ExportAsync(Stream output, AuditFilter? filter = null, Action<long>? progress = null, CancellationToken cancellationToken = default);
}
