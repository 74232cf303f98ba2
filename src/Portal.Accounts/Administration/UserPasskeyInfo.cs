namespace Portal.Accounts.Administration;

/// <summary>A passkey of a user, as an operator sees it.</summary>
/// <param name="Id">Names it here; no secret.</param>
/// <param name="Name">What its person calls it: other people's text.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it last proved who they are; null when it never did since.</param>
public sealed record UserPasskeyInfo(string Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);
