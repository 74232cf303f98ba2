namespace Portal.Accounts.Profiles;

/// <summary>A person's address and what is to become of it.</summary>
/// <param name="Email">The account's address.</param>
/// <param name="IsConfirmed">Whether it is known to be theirs.</param>
/// <param name="NewEmail">The address it is to become; null when no change was asked for.</param>
/// <param name="ExpiresAt">Until when the new address can be confirmed; null when its link has expired.</param>
public sealed record EmailChangeInfo(string Email, bool IsConfirmed, string? NewEmail, DateTimeOffset? ExpiresAt);
