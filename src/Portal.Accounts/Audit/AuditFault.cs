namespace Portal.Accounts.Audit;

/// <summary>Something in the log is not as it was written.</summary>
/// <param name="RowId">The row; null where it is one that is gone.</param>
/// <param name="Position">The place in the chain.</param>
/// <param name="What">A sentence that says what is wrong.</param>
public sealed record AuditFault(long? RowId, long Position, string What);
