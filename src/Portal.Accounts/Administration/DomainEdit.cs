namespace Portal.Accounts.Administration;

/// <summary>What an operator wants changed of a domain, and what they knew when they wanted it. What is null stays.</summary>
public sealed record DomainEdit
{
    /// <summary>What is decided: new, moderated, verified or blocked.</summary>
    public string? Status { get; init; }

    /// <summary>What kind it is of; 0 for unknown.</summary>
    public long? CategoryId { get; init; }

    /// <summary>Whose it is; 0 for unknown.</summary>
    public long? OrganisationId { get; init; }

    /// <summary>Whether it is to be looked at.</summary>
    public bool? IsFlagged { get; init; }

    /// <summary>Who flagged it, at most 255 characters, empty for nobody; kept only while flagged.</summary>
    public string? FlagSource { get; init; }

    /// <summary>The version that was read: another one there now answers <see cref="AdminOutcome.Conflict"/>. Null goes over whatever is there.</summary>
    public string? Version { get; init; }
}
