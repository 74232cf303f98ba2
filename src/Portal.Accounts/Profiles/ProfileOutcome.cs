using Portal.Accounts.Users;

namespace Portal.Accounts.Profiles;

/// <summary>What became of an edit. Anything but <see cref="Saved"/> changed nothing.</summary>
public abstract record ProfileOutcome
{
    private ProfileOutcome()
    {
    }

    /// <summary>Saved, or so already.</summary>
    /// <param name="Now">Everything as it is now, with what others changed meanwhile in other fields.</param>
    public sealed record Saved(ProfileInfo Now) : ProfileOutcome;

    /// <summary>Some fields cannot stay as they are.</summary>
    /// <param name="Errors">Which, by the names of <see cref="PreferenceNames"/>, each with what to do. Never empty.</param>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : ProfileOutcome;

    /// <summary>Somebody else saved the same fields meanwhile. Saved again with what they hold now, the edit goes over it.</summary>
    /// <param name="Now">Everything as it is now.</param>
    /// <param name="Fields">The fields both changed. Never empty.</param>
    public sealed record Conflict(ProfileInfo Now, IReadOnlyList<FieldConflict> Fields) : ProfileOutcome;

    /// <summary>The person saved too many changes lately (<c>RateLimits:Profile</c>).</summary>
    /// <param name="RetryAfter">How long to wait before another try; more than zero.</param>
    public sealed record Throttled(TimeSpan RetryAfter) : ProfileOutcome;

    /// <summary>The session has ended, or the account is no longer there or active.</summary>
    public sealed record Gone : ProfileOutcome;
}
