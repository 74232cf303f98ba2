namespace Portal.Accounts.SignIn.External;

/// <summary>How a registration with a provider's proof went.</summary>
public abstract record ExternalRegistrationOutcome
{
    private ExternalRegistrationOutcome()
    {
    }

    /// <summary>The account is made and the session has begun; its cookie is in the response.</summary>
    /// <param name="ReturnUrl">Where they wanted to go, as they said it: not checked.</param>
    public sealed record SignedIn(string? ReturnUrl) : ExternalRegistrationOutcome;

    /// <summary>A mail is on its way. The same whether or not the address was free: the mail tells.</summary>
    public sealed record Accepted : ExternalRegistrationOutcome;

    /// <summary>Nothing was changed; each entry says what to do.</summary>
    /// <param name="Errors">Never empty.</param>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors) : ExternalRegistrationOutcome;

    /// <summary>Too many registrations lately.</summary>
    /// <param name="RetryAfter">How long to wait.</param>
    public sealed record Throttled(TimeSpan RetryAfter) : ExternalRegistrationOutcome;

    /// <summary>The account is made, and its e-mail domain was blocked meanwhile: it may not sign in.</summary>
    public sealed record Blocked : ExternalRegistrationOutcome;

    /// <summary>The proof is used, or too old: begin again.</summary>
    public sealed record Gone : ExternalRegistrationOutcome;

    /// <summary>Registration is switched off.</summary>
    public sealed record Disabled : ExternalRegistrationOutcome;
}
