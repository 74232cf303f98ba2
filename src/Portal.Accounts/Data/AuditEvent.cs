namespace Portal.Accounts.Data;

/// <summary>
/// Something that matters for security: who did what to whom, when and from where. Written in the transaction of what it
/// tells of, then linked into one chain of hashes; never changed afterwards, except that what is personal can be taken out.
/// </summary>
/// <remarks>
/// Added → linked, by the chain, which alone gives <see cref="Position"/> and <see cref="Hash"/>. The chain covers the
/// personal parts by salted digests: taking a part out together with its salt leaves the chain whole and the digest of no
/// use. No foreign keys: the log outlives people and sessions.
/// </remarks>
internal sealed class AuditEvent
{
    public long Id { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The name of an <c>AuditKind</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whose account; null when it is nobody's.</summary>
    public long? SubjectId { get; set; }

    /// <summary>Who did it; null for a stranger, the portal itself and the command line.</summary>
    public long? ActorId { get; set; }

    /// <summary>The public id of the session it was done in.</summary>
    public string? SessionId { get; set; }

    /// <summary>The network address; null when unknown or taken out.</summary>
    public string? Ip { get; set; }

    public byte[]? IpSalt { get; set; }

    public byte[]? IpDigest { get; set; }

    /// <summary>A JSON object: agent, country, reason, before and after; null when there is none or it was taken out.</summary>
    public string? Details { get; set; }

    public byte[]? DetailsSalt { get; set; }

    public byte[]? DetailsDigest { get; set; }

    /// <summary>Its place in the chain, from 1 on without a gap; null until it is linked.</summary>
    public long? Position { get; set; }

    /// <summary>SHA-256 over the hash before it and this row; null until it is linked.</summary>
    public byte[]? Hash { get; set; }
}
