namespace Portal.Accounts.Administration;

/// <summary>How far a batch has come.</summary>
/// <param name="Seen">How many people it has looked at.</param>
/// <param name="Total">How many they are.</param>
/// <param name="Changed">For how many something changed.</param>
/// <param name="Failed">For how many it did not work.</param>
public sealed record BulkProgress(int Seen, ListTotal Total, int Changed, int Failed);
