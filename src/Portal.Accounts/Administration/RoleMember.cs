namespace Portal.Accounts.Administration;

/// <summary>Somebody who has a role, or may get it.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Email">Their address.</param>
/// <param name="UserName">Their username as typed; null when they have none.</param>
/// <param name="IsActive">Whether they may sign in.</param>
/// <param name="IsMember">Whether they have it.</param>
public sealed record RoleMember(long UserId, string Email, string? UserName, bool IsActive, bool IsMember);
