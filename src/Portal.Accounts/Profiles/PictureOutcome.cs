namespace Portal.Accounts.Profiles;

/// <summary>What became of a picture. Anything but <see cref="Saved"/> changed nothing.</summary>
public abstract record PictureOutcome
{
    private PictureOutcome()
    {
    }

    /// <summary>It is there, or gone, as asked.</summary>
    /// <param name="Version">Which it is; null when there is none now.</param>
    public sealed record Saved(string? Version) : PictureOutcome;

    /// <summary>The file does not make a picture.</summary>
    /// <param name="Reason">A sentence that says why and what to do.</param>
    public sealed record Refused(string Reason) : PictureOutcome;

    /// <summary>The person saved too many pictures lately (<c>RateLimits:Picture</c>).</summary>
    /// <param name="RetryAfter">How long to wait before another try; more than zero.</param>
    public sealed record Throttled(TimeSpan RetryAfter) : PictureOutcome;

    /// <summary>The session has ended, or the account is no longer there or active.</summary>
    public sealed record Gone : PictureOutcome;
}
