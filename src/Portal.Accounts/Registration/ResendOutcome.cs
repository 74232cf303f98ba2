using Portal.Accounts.Users;

namespace Portal.Accounts.Registration;

/// <summary>What became of asking, by an expired link, for another one.</summary>
public abstract record ResendOutcome
{
    private ResendOutcome()
    {
    }

    /// <summary>A mail is on its way, if the address still waits to be confirmed.</summary>
    public sealed record Sent : ResendOutcome;

    /// <summary>The link is none that has expired; nothing was sent.</summary>
    /// <param name="Status">How it stands; never <see cref="OneTimeLinkStatus.Expired"/>.</param>
    public sealed record NotExpired(OneTimeLinkStatus Status) : ResendOutcome;

    /// <summary>Too many were asked for lately; nothing was sent.</summary>
    /// <param name="RetryAfter">How long to wait.</param>
    public sealed record Throttled(TimeSpan RetryAfter) : ResendOutcome;
}
