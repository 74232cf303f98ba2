namespace Portal.Accounts.Data;

/// <summary>A code on paper that stands in for the authenticator app, once.</summary>
internal sealed class RecoveryCode
{
    public long Id { get; set; }

    public long UserId { get; set; }

    /// <summary>The code's first characters: which one it is, so that one hash is computed and not ten. No secret.</summary>
    public required string Name { get; init; }

    /// <summary>The rest, hashed as passwords are.</summary>
    public required string Hash { get; init; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? UsedAt { get; set; }
}
