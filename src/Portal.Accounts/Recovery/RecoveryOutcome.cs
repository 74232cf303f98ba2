using Portal.Accounts.Users;

namespace Portal.Accounts.Recovery;

/// <summary>How it went with a forgotten password.</summary>
public abstract record RecoveryOutcome
{
    private RecoveryOutcome()
    {
    }

    /// <summary>If there is such an account, a mail is on its way.</summary>
    public sealed record Requested : RecoveryOutcome;

    /// <summary>The new password is set.</summary>
    /// <param name="EndedSessions">How many sessions that ended.</param>
    public sealed record Reset(int EndedSessions) : RecoveryOutcome;

    /// <summary>What was typed cannot stay; nothing changed, and the link still works.</summary>
    /// <param name="Errors">Why, each with what to do. Never empty.</param>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : RecoveryOutcome;

    /// <summary>The link does not work.</summary>
    /// <param name="Status">Why; never <see cref="OneTimeLinkStatus.Usable"/>.</param>
    public sealed record Unusable(OneTimeLinkStatus Status) : RecoveryOutcome;

    /// <summary>Too many were asked for lately, or too many people are at it at this moment.</summary>
    /// <param name="RetryAfter">How long to wait.</param>
    public sealed record Throttled(TimeSpan RetryAfter) : RecoveryOutcome;

    /// <summary>Recovery is switched off.</summary>
    public sealed record Disabled : RecoveryOutcome;
}
