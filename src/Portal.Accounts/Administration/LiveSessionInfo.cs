using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration;

/// <summary>A live session as operators see it.</summary>
/// <param name="Session">The session.</param>
/// <param name="Email">Its person's address.</param>
/// <param name="UserName">Their username; null when they have none.</param>
/// <param name="ImpersonatorEmail">The address of the administrator who acts in it as its person; null where the person does.</param>
public sealed record LiveSessionInfo(SessionInfo Session, string Email, string? UserName, string? ImpersonatorEmail);
