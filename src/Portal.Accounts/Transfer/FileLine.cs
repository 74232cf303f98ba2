namespace Portal.Accounts.Transfer;

/// <summary>A line as it was read: what it says, or what is wrong with it.</summary>
internal sealed record FileLine(long Number, TransferRecord? Record, string? Fault);
