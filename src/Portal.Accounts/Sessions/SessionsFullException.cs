namespace Portal.Accounts.Sessions;

/// <summary>A session was to begin for a user who has as many as a user may have, where none of them may end for it.</summary>
internal sealed class SessionsFullException(long userId) : Exception($"User {userId} has as many sessions as a user may have; no session begins.");
