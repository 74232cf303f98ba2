namespace Portal.Accounts.Audit;

/// <summary>Which security events; what is null filters nothing.</summary>
public sealed record AuditFilter
{
    /// <summary>From this moment on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Of one of these kinds; none matches nothing.</summary>
    public IReadOnlyCollection<AuditKind>? Kinds { get; init; }

    /// <summary>About this user's account.</summary>
    public long? SubjectId { get; init; }

    /// <summary>Done by this user.</summary>
    public long? ActorId { get; init; }

    /// <summary>From exactly this network address, while it is kept.</summary>
    public string? Address { get; init; }
}
