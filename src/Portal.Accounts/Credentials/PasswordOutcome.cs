namespace Portal.Accounts.Credentials;

/// <summary>How it went with somebody's own password.</summary>
public abstract record PasswordOutcome
{
    private PasswordOutcome()
    {
    }

    /// <summary>It was right, and what was asked for is done.</summary>
    /// <param name="EndedSessions">How many other sessions that ended.</param>
    public sealed record Done(int EndedSessions = 0) : PasswordOutcome;

    /// <summary>The present password is another.</summary>
    public sealed record Wrong : PasswordOutcome;

    /// <summary>The new password was refused; nothing changed.</summary>
    /// <param name="Errors">Why, each with what to do. Never empty.</param>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : PasswordOutcome;

    /// <summary>Too many wrong ones lately, or too many people at this moment.</summary>
    /// <param name="RetryAfter">How long to wait.</param>
    public sealed record Throttled(TimeSpan RetryAfter) : PasswordOutcome;

    /// <summary>Changing passwords is switched off.</summary>
    public sealed record Disabled : PasswordOutcome;

    /// <summary>An administrator acts as this person, whose alone the password is. Nothing changed.</summary>
    public sealed record Impersonating : PasswordOutcome;

    /// <summary>The session has ended meanwhile, or the password was replaced from elsewhere: sign in again.</summary>
    public sealed record Gone : PasswordOutcome;
}
