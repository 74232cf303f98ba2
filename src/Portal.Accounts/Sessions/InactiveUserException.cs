namespace Portal.Accounts.Sessions;

/// <summary>A session was to begin or go on for a user who is not active, or no longer, or whose password was replaced since they were asked for it.</summary>
internal sealed class InactiveUserException(long userId) : Exception($"User {userId} is not active, or has another password by now; no session begins.");
