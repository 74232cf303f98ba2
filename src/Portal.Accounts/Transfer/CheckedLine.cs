namespace Portal.Accounts.Transfer;

/// <summary>A line that is ready to be written: a user who is right in itself, a decision that is still to be looked at, or what is wrong with it.</summary>
internal readonly record struct CheckedLine(long Number, ImportedUser? User, TransferRecord? Decision, string? Fault);
