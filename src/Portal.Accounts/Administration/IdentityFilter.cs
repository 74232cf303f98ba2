namespace Portal.Accounts.Administration;

/// <summary>Which linked identities; what is null filters nothing.</summary>
public sealed record IdentityFilter
{
    /// <summary>The beginning of an external id, an address or a username, or a user's number.</summary>
    public string? Search { get; init; }

    /// <summary>Of this site.</summary>
    public string? Method { get; init; }
}
