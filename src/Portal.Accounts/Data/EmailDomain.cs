namespace Portal.Accounts.Data;

/// <summary>What is known of an e-mail domain. The longest matching suffix about which something was decided counts for an address.</summary>
internal sealed class EmailDomain : ITimestamped
{
    public long Id { get; set; }

    /// <summary>Lower case, ASCII (punycode), without a trailing dot.</summary>
    public required string Name { get; init; }

    /// <summary>The last label.</summary>
    public required string TopLevel { get; init; }

    public EmailDomainStatus Status { get; set; } = EmailDomainStatus.New;

    /// <summary>What kind of domain it is; null for unknown.</summary>
    public long? CategoryId { get; set; }

    /// <summary>Whose it is; null for unknown.</summary>
    public long? OrganisationId { get; set; }

    /// <summary>Somebody, or some other program, asks for it to be looked at.</summary>
    public bool IsFlagged { get; set; }

    /// <summary>Who or what flagged it, in their words; null unless flagged.</summary>
    public string? FlagSource { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
