namespace Portal.Accounts.Audit;

/// <summary>Which security events; what is null filters nothing.</summary>
public sealed record AuditFilter
{
    /// <summary>From this moment on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Of this kind.</summary>
    public AuditKind? Kind { get; init; }

    /// <summary>About this user's account.</summary>
    public long? SubjectId { get; init; }
}
