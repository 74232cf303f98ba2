namespace Portal.Accounts.Sessions;

/// <summary>A session was to begin for a user who is not active, or no longer since they were asked for their password.</summary>
internal sealed class InactiveUserException(long userId) : Exception($"User {userId} is not active; no session begins.");
