namespace Portal.Accounts.Administration;

/// <summary>What is known of a domain beside its status; all of it is written.</summary>
public sealed record DomainEdit
{
    /// <summary>What kind it is of; null for unknown.</summary>
    public long? CategoryId { get; init; }

    /// <summary>Whose it is; null for unknown.</summary>
    public long? OrganisationId { get; init; }

    /// <summary>Whether it is to be looked at.</summary>
    public bool IsFlagged { get; init; }

    /// <summary>Who flagged it, at most 255 characters; kept only while flagged.</summary>
    public string? FlagSource { get; init; }
}
