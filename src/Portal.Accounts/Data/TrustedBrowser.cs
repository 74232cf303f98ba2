namespace Portal.Accounts.Data;

/// <summary>A browser in which a person gave their second factor and asked not to be asked again for a while. The password is asked all the same.</summary>
internal sealed class TrustedBrowser
{
    public long Id { get; set; }

    public long UserId { get; set; }

    /// <summary>SHA-256 of the key in the browser's cookie.</summary>
    public required byte[] KeyHash { get; init; }

    /// <summary>The latest session that began by it. Whoever ends that session otherwise than by signing out there ends the trust.</summary>
    public required string SessionId { get; set; }

    public string Browser { get; set; } = "";

    public string Os { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }
}
