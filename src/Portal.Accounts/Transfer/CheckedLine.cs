namespace Portal.Accounts.Transfer;

/// <summary>A line that is ready to be written: a user who is right in themselves, what it says of anything else, or what is wrong with it.</summary>
internal readonly record struct CheckedLine(long Number, ImportedUser? User, TransferRecord? Record, string? Fault);
