namespace Portal.Accounts.Registration;

/// <summary>How a registration went.</summary>
public abstract record RegistrationOutcome
{
    private RegistrationOutcome()
    {
    }

    /// <summary>A mail is on its way. The same whether or not the address was free: the mail tells.</summary>
    public sealed record Accepted : RegistrationOutcome;

    /// <summary>Nothing was changed; each entry says what to do.</summary>
    /// <param name="Errors">Never empty.</param>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : RegistrationOutcome;

    /// <summary>Too many registrations lately, or too many people at this moment.</summary>
    /// <param name="RetryAfter">How long to wait.</param>
    public sealed record Throttled(TimeSpan RetryAfter) : RegistrationOutcome;

    /// <summary>Registration is switched off.</summary>
    public sealed record Disabled : RegistrationOutcome;
}
