namespace Portal.Accounts.Administration;

/// <summary>How a list is liked.</summary>
/// <param name="Size">How many rows a page has; null for the usual number.</param>
/// <param name="Columns">The names of the columns shown, separated by commas; null for the usual ones.</param>
/// <param name="IsCompact">Whether rows are low, so that more of them are seen at once.</param>
public sealed record ListWish(int? Size = null, string? Columns = null, bool IsCompact = false);
