namespace Portal.Accounts.Administration;

/// <summary>An e-mail domain and what was decided about it.</summary>
/// <param name="Name">Lower case ASCII.</param>
/// <param name="Status">new, moderated, verified or blocked.</param>
public sealed record DomainInfo(string Name, string Status);
