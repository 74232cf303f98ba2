namespace Portal.Accounts.SignIn.External;

/// <summary>What came of a way through a provider.</summary>
public abstract record ExternalOutcome
{
    private ExternalOutcome()
    {
    }

    /// <summary>The session has begun; its cookie is in the response.</summary>
    /// <param name="ReturnUrl">Where they wanted to go, as they said it: not checked.</param>
    public sealed record SignedIn(string? ReturnUrl) : ExternalOutcome;

    /// <summary>The account has a second factor, which the provider does not say it asked for: it is asked for next, within ten minutes.</summary>
    /// <param name="ReturnUrl">Where they wanted to go, as they said it: not checked.</param>
    public sealed record NeedsSecondFactor(string? ReturnUrl) : ExternalOutcome;

    /// <summary>They have as many sessions as they may have, and may choose one that ends: see <see cref="SignInOutcome.Full"/>.</summary>
    /// <param name="ReturnUrl">Where they wanted to go, as they said it: not checked.</param>
    public sealed record Full(string? ReturnUrl) : ExternalOutcome;

    /// <summary>Nobody has this identity yet: they may register with it. The proof stays for some minutes.</summary>
    /// <param name="ReturnUrl">Where they wanted to go, as they said it: not checked.</param>
    public sealed record Unknown(string? ReturnUrl) : ExternalOutcome;

    /// <summary>The identity is the account's now.</summary>
    /// <param name="Provider">The provider's scheme.</param>
    public sealed record Linked(string Provider) : ExternalOutcome;

    /// <summary>They proved once more who they are; their session has a new key, and its open pages hear that their person changed.</summary>
    public sealed record Confirmed : ExternalOutcome;

    /// <summary>Nothing was changed.</summary>
    /// <param name="Purpose">What they wanted.</param>
    /// <param name="Why">Why it came to nothing.</param>
    public sealed record Refused(ExternalPurpose Purpose, ExternalRefusal Why) : ExternalOutcome;
}
