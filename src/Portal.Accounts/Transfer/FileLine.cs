namespace Portal.Accounts.Transfer;

/// <summary>A line as it was read: what it says, or what is wrong with it.</summary>
/// <param name="Number">Which, from 1.</param>
/// <param name="Length">How much of the file it is, in bytes or, in CSV, in characters.</param>
/// <param name="Record">What it says; null for what is wrong.</param>
/// <param name="Fault">What is wrong.</param>
internal sealed record FileLine(long Number, long Length, TransferRecord? Record, string? Fault)
{
    /// <summary>How many rows it is at most, about: each role is one, and another in the log.</summary>
    public int Rows => 1 + (Record is UserRecord user ? (2 * user.Roles?.Count ?? 0) + (user.Identities?.Count ?? 0) : 0);
}
