namespace Portal.Accounts.SignIn.External;

/// <summary>What became of a provider's notice.</summary>
public abstract record ProviderLogoutOutcome
{
    private ProviderLogoutOutcome()
    {
    }

    /// <summary>What it named is over.</summary>
    /// <param name="EndedSessions">How many ended by it; none where they had ended already.</param>
    public sealed record Done(int EndedSessions) : ProviderLogoutOutcome;

    /// <summary>Nothing was changed: the token does not hold.</summary>
    /// <param name="Why">What is wrong with it, for the provider's log.</param>
    public sealed record Invalid(string Why) : ProviderLogoutOutcome;

    /// <summary>No provider is configured by that name.</summary>
    public sealed record NoSuchProvider : ProviderLogoutOutcome;

    /// <summary>The provider's keys cannot be had right now: it may try again.</summary>
    public sealed record Unavailable : ProviderLogoutOutcome;
}
