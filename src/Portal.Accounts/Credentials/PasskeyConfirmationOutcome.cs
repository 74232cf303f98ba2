using Portal.Accounts.Passkeys;

namespace Portal.Accounts.Credentials;

/// <summary>How proving oneself by a passkey in a running session went.</summary>
public abstract record PasskeyConfirmationOutcome
{
    private PasskeyConfirmationOutcome()
    {
    }

    /// <summary>It is them; the session counts as just signed in.</summary>
    public sealed record Done : PasskeyConfirmationOutcome;

    /// <summary>The answer was not taken.</summary>
    /// <param name="Reason">Why.</param>
    public sealed record Refused(PasskeyRefusal Reason) : PasskeyConfirmationOutcome;

    /// <summary>Too many tries lately.</summary>
    /// <param name="RetryAfter">How long to wait.</param>
    public sealed record Throttled(TimeSpan RetryAfter) : PasskeyConfirmationOutcome;

    /// <summary>Whoever acts as somebody else cannot prove to be them.</summary>
    public sealed record Impersonating : PasskeyConfirmationOutcome;

    /// <summary>The session has ended, or its user may not do anything any more.</summary>
    public sealed record Gone : PasskeyConfirmationOutcome;
}
