namespace Portal.Accounts.Administration;

/// <summary>Where a page begins or ends in a list that is read by ids alone.</summary>
internal sealed record IdPlace(long Id);
