namespace Portal.Accounts.Profiles;

/// <summary>What became of asking for an export.</summary>
public abstract record ExportOutcome
{
    private ExportOutcome()
    {
    }

    /// <summary>The export may be written.</summary>
    /// <param name="FileName">What to call it: plain ASCII, with the date, ends in <c>.json</c>.</param>
    /// <param name="WriteAsync">Writes one JSON document in UTF-8, a piece at a time; holds no connection while the receiver is slow.</param>
    public sealed record Ready(string FileName, Func<Stream, CancellationToken, Task> WriteAsync) : ExportOutcome;

    /// <summary>The session must first prove once more who is at it.</summary>
    public sealed record NeedsRecentAuthentication : ExportOutcome;

    /// <summary>The person took too many exports along lately (<c>RateLimits:Export</c>).</summary>
    /// <param name="RetryAfter">How long to wait before another try; more than zero.</param>
    public sealed record Throttled(TimeSpan RetryAfter) : ExportOutcome;

    /// <summary>An administrator acts as this person, to whom alone the file goes.</summary>
    public sealed record Impersonating : ExportOutcome;

    /// <summary>The session that asked has ended.</summary>
    public sealed record Gone : ExportOutcome;
}
