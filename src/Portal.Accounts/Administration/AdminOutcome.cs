namespace Portal.Accounts.Administration;

/// <summary>What became of an operator's request.</summary>
public abstract record AdminOutcome
{
    private AdminOutcome()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="EndedSessions">How many sessions it ended.</param>
    public sealed record Done(int EndedSessions = 0) : AdminOutcome
    {
        /// <summary>The number of the organisation that was made; null where none was.</summary>
        public long? MadeId { get; init; }

        /// <summary>How many people lost the role that is deleted, this time; null where none is.</summary>
        public long? Members { get; init; }

        /// <summary>Whether it was stopped before all were reached: what is done stays done.</summary>
        public bool IsStopped { get; init; }

        /// <summary>Whether it was stopped because the operator does not administer any more, or their session ended.</summary>
        public bool LostTheRight { get; init; }
    }

    /// <summary>It was so already; nothing changed.</summary>
    public sealed record Unchanged : AdminOutcome;

    /// <summary>There is no such user or role.</summary>
    /// <param name="What">A sentence that names what was looked for.</param>
    public sealed record NotFound(string What) : AdminOutcome;

    /// <summary>Whoever asks does not administer, or no longer, or their session has ended. Nothing changed.</summary>
    public sealed record NotAllowed : AdminOutcome;

    /// <summary>The operator must first prove once more that it is them. Nothing changed.</summary>
    public sealed record NeedsRecentAuthentication : AdminOutcome;

    /// <summary>Refused; nothing changed.</summary>
    /// <param name="Errors">Why, each with what to do. Never empty.</param>
    public sealed record Refused(IReadOnlyList<FieldError> Errors) : AdminOutcome;

    /// <summary>Too many passwords wait to be hashed; nothing changed.</summary>
    /// <param name="RetryAfter">When to try again.</param>
    public sealed record Busy(TimeSpan RetryAfter) : AdminOutcome;

    /// <summary>Somebody else changed it meanwhile, an edit's same fields; nothing changed. Sent again with what is there now, the change goes over it.</summary>
    /// <param name="Version">The version that is there now.</param>
    /// <param name="Fields">The fields both changed, with what is there and what was to be saved. Empty where the change names none.</param>
    public sealed record Conflict(string Version, IReadOnlyList<FieldConflict> Fields) : AdminOutcome;
}
