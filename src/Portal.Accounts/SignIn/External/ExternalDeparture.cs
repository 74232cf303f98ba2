namespace Portal.Accounts.SignIn.External;

/// <summary>How a way to a provider begins.</summary>
public abstract record ExternalDeparture
{
    private ExternalDeparture()
    {
    }

    /// <summary>There it goes. The cookies for the way back are in the response.</summary>
    /// <param name="Url">The provider's address, absolute; holds nothing secret.</param>
    /// <param name="Provider">What people call the provider.</param>
    public sealed record To(string Url, string Provider) : ExternalDeparture;

    /// <summary>No provider is configured by that name.</summary>
    public sealed record NoSuchProvider : ExternalDeparture;

    /// <summary>Nothing was begun.</summary>
    /// <param name="Why">Why not.</param>
    public sealed record Refused(ExternalRefusal Why) : ExternalDeparture;
}
