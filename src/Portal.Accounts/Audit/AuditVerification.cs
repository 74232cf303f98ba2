namespace Portal.Accounts.Audit;

/// <summary>What came of going through the whole chain.</summary>
public sealed record AuditVerification
{
    /// <summary>How many rows were looked at.</summary>
    public required long Count { get; init; }

    /// <summary>Of how many of them something personal was taken out, as erasing and address retention do. No fault.</summary>
    public required long Redacted { get; init; }

    /// <summary>The last row, worth noting somewhere else; null for an empty log.</summary>
    public required AuditHead? Head { get; init; }

    /// <summary>What is wrong, in the order of the chain; at most the first 100. Empty for a log that is whole.</summary>
    public required IReadOnlyList<AuditFault> Faults { get; init; }
}
