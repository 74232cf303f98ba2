namespace Portal.Accounts.Administration;

/// <summary>What became of a batch.</summary>
public abstract record BulkOutcome
{
    private BulkOutcome()
    {
    }

    /// <summary>It never began.</summary>
    /// <param name="Why">As a single change would have been answered.</param>
    public sealed record Refused(AdminOutcome Why) : BulkOutcome;

    /// <summary>It ran, to its end or until it was stopped. What it did stays done.</summary>
    public sealed record Finished : BulkOutcome
    {
        /// <summary>Its id, as each event's <c>batch</c> says.</summary>
        public required string Batch { get; init; }

        /// <summary>How many people it looked at.</summary>
        public required int Seen { get; init; }

        /// <summary>For how many something changed.</summary>
        public required int Changed { get; init; }

        /// <summary>For how many it was so already.</summary>
        public required int AlreadySo { get; init; }

        /// <summary>How many were left out: oneself, the last administrator.</summary>
        public required int Skipped { get; init; }

        /// <summary>How many sessions ended.</summary>
        public required int EndedSessions { get; init; }

        /// <summary>For how many it did not work.</summary>
        public required int Failed { get; init; }

        /// <summary>The first 1,000 of those.</summary>
        public required IReadOnlyList<BulkFailure> Failures { get; init; }

        /// <summary>Whether it was stopped before everybody was looked at.</summary>
        public bool IsStopped { get; init; }

        /// <summary>Whether it ended because the operator does not administer any more, or their session ended.</summary>
        public bool LostTheRight { get; init; }
    }
}
