namespace Portal.Accounts.Sessions;

/// <summary>What became of ending sessions of one's own.</summary>
public abstract record EndOutcome
{
    private EndOutcome()
    {
    }

    /// <summary>They are over; their open pages have been told to leave.</summary>
    /// <param name="Count">How many ended; zero where there were no others.</param>
    public sealed record Ended(int Count) : EndOutcome;

    /// <summary>They have no such live session: not there, not theirs and ended look alike. Also when the asking session has itself ended.</summary>
    public sealed record NotFound : EndOutcome;

    /// <summary>The session must first prove once more who is at it. Nothing ended.</summary>
    public sealed record NeedsRecentAuthentication : EndOutcome;
}
