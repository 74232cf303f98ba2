namespace Portal.Accounts.Audit;

/// <summary>A security event about to be written.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="SubjectId">Whose account; null for nobody's.</param>
internal sealed record AuditEntry(AuditKind Kind, long? SubjectId)
{
    /// <summary>Whose session it was done in; null for a stranger, the portal itself and the command line. The log puts an administrator who acts as them in their place.</summary>
    public long? ActorId { get; init; }

    /// <summary>The session it was done in. Says from where, unless <see cref="Origin"/> does.</summary>
    public string? SessionId { get; init; }

    /// <summary>From where; null takes over what the session says.</summary>
    public AuditOrigin? Origin { get; init; }

    /// <summary>
    /// What else is to be known, by name in snake_case: <c>reason</c>, <c>method</c>, <c>role</c>, <c>before</c>, <c>after</c>.
    /// Never a secret, and never what somebody typed into a field for a name: it may have been a password.
    /// </summary>
    public IReadOnlyDictionary<string, object?>? Details { get; init; }

    /// <summary>Details of what was added, changed or deleted: without what was not before, or is not afterwards.</summary>
    public static IReadOnlyDictionary<string, object?> BeforeAndAfter(string name, string value, object? before, object? after)
    {
        Dictionary<string, object?> details = new() { [name] = value };
        foreach (var (when, state) in new[] { ("before", before), ("after", after) })
        {
            if (state is not null)
            {
                details[when] = state;
            }
        }

        return details;
    }
}
