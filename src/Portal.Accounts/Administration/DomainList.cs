namespace Portal.Accounts.Administration;

/// <summary>A page of e-mail domains, and how many there are of each kind over all pages.</summary>
/// <param name="Page">The page.</param>
/// <param name="All">How many are listed.</param>
/// <param name="ByStatus">How many of each status, by its name.</param>
/// <param name="Flagged">How many are flagged.</param>
public sealed record DomainList(ListPage<DomainInfo> Page, ListTotal All, IReadOnlyDictionary<string, ListTotal> ByStatus, ListTotal Flagged);
