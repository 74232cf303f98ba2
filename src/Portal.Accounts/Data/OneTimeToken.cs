using System.Security.Cryptography;
using System.Text;

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

    /// <summary>What is taken and nobody holds as a link: kept, so that it is not taken a second time.</summary>
    /// <param name="purpose">What it was for.</param>
    /// <param name="once">What tells it from every other.</param>
    /// <param name="now">The moment.</param>
    /// <param name="expiresAt">From when on it could not be taken anyway.</param>
    public static OneTimeToken Taken(OneTimeTokenPurpose purpose, string once, DateTimeOffset now, DateTimeOffset expiresAt) => new()
    {
        Purpose = purpose,
        TokenHash = SHA256.HashData(Encoding.UTF8.GetBytes(once)),
        CreatedAt = now,
        UsedAt = now,
        ExpiresAt = expiresAt,
    };
}
