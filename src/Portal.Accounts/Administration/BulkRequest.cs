namespace Portal.Accounts.Administration;

/// <summary>Something to be done with many users.</summary>
/// <param name="Action">What.</param>
/// <param name="Selection">With whom.</param>
public sealed record BulkRequest(BulkAction Action, UserSelection Selection)
{
    /// <summary>The role's name, for <see cref="BulkAction.GiveRole"/> and <see cref="BulkAction.TakeRole"/>; otherwise null.</summary>
    public string? Role { get; init; }

    /// <summary>Kept with each event, at most 500 characters; null for none, which blocking refuses.</summary>
    public string? Reason { get; init; }
}
