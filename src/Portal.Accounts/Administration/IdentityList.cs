namespace Portal.Accounts.Administration;

/// <summary>A page of linked identities, and how many each site has over all pages.</summary>
/// <param name="Page">The page.</param>
/// <param name="ByMethod">How many of each site, by its name in the settings; at most the first twenty sites.</param>
public sealed record IdentityList(ListPage<IdentityInfo> Page, IReadOnlyDictionary<string, ListTotal> ByMethod);
