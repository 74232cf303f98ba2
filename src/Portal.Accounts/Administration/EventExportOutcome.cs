namespace Portal.Accounts.Administration;

/// <summary>What became of asking for an export of security events.</summary>
public abstract record EventExportOutcome
{
    private EventExportOutcome()
    {
    }

    /// <summary>The export may be written. That it was asked for is in the log already.</summary>
    /// <param name="FileName">What to call it: plain ASCII, with date and time.</param>
    /// <param name="ContentType">Its media type.</param>
    /// <param name="WriteAsync">Writes it, the oldest first, a piece at a time; holds no connection while the receiver is slow.</param>
    public sealed record Ready(string FileName, string ContentType, Func<Stream, CancellationToken, Task> WriteAsync) : EventExportOutcome;

    /// <summary>Not given; <see cref="AdminOutcome.NotAllowed"/> or <see cref="AdminOutcome.NeedsRecentAuthentication"/> says why.</summary>
    /// <param name="Why">The reason.</param>
    public sealed record Refused(AdminOutcome Why) : EventExportOutcome;
}
