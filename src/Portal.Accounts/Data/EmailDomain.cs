namespace Portal.Accounts.Data;

/// <summary>What is known of an e-mail domain. The longest matching suffix decides for an address.</summary>
internal sealed class EmailDomain : ITimestamped
{
    public long Id { get; set; }

    /// <summary>Lower case, ASCII (punycode), without a trailing dot.</summary>
    public required string Name { get; init; }

    /// <summary>The last label.</summary>
    public required string TopLevel { get; init; }

    public EmailDomainStatus Status { get; set; } = EmailDomainStatus.New;

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
