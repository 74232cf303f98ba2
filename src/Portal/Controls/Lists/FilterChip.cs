using Portal.Accounts;

namespace Portal.Controls.Lists;

/// <summary>One way to narrow a list.</summary>
/// <param name="Words">What it leaves.</param>
/// <param name="Href">The list so narrowed; for the current one, the list without it.</param>
/// <param name="IsCurrent">Whether the list is narrowed so.</param>
/// <param name="Count">How many rows it leaves of the whole list; null says nothing of it.</param>
public sealed record FilterChip(string Words, string Href, bool IsCurrent, ListTotal? Count = null);
