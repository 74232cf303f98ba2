namespace Portal.Accounts.Profiles;

/// <summary>One of a person's passkeys.</summary>
/// <param name="Id">Names it here; no secret.</param>
/// <param name="Name">What its person calls it.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it last proved who they are; null when it never did since.</param>
/// <param name="IsSynced">Whether a password manager may carry it to other devices; else it stays on the one it was made on.</param>
public sealed record PasskeyInfo(string Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, bool IsSynced);
