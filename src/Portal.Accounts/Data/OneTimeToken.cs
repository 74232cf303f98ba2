namespace Portal.Accounts.Data;

/// <summary>A link sent by mail, or the first administrator's: works once, for a while, for one purpose. Only its hash is kept.</summary>
internal sealed class OneTimeToken
{
    public long Id { get; set; }

    public OneTimeTokenPurpose Purpose { get; set; }

    /// <summary>Whose it is; null for <see cref="OneTimeTokenPurpose.Setup"/>.</summary>
    public long? UserId { get; set; }

    /// <summary>SHA-256 of the 256 random bits in the link.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>What must still hold when it is used: an address, a session's id, the password to be replaced.</summary>
    public string? BoundTo { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
}
