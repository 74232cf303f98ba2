namespace Portal.Accounts.Passwords;

/// <summary>More people are signing in than the processors can serve; answer 429 or 503 with <see cref="RetryAfter"/>.</summary>
internal sealed class HashingQueueFullException()
    : Exception("Too many passwords are waiting to be hashed; try again in a few seconds.")
{
    public TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(5);
}
