namespace Portal.Accounts.SignIn.External;

/// <summary>An identity that is linked to an account, as its person sees it.</summary>
/// <param name="Id">Names the link in addresses; no secret.</param>
/// <param name="Scheme">Which provider.</param>
/// <param name="Provider">What people call it.</param>
/// <param name="ExternalId">Who they are there: other people's text.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="IsUsable">Whether the provider is configured, so that it is a way in.</param>
public sealed record LinkedIdentityInfo(string Id, string Scheme, string Provider, string ExternalId, DateTimeOffset CreatedAt, bool IsUsable);
