using Portal.Accounts.Audit;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Credentials;

/// <summary>How a password came to be replaced.</summary>
/// <param name="Kind">What the log calls it.</param>
/// <param name="Ends">Which sessions end with it.</param>
/// <param name="Origin">From where.</param>
/// <param name="ActorId">Who did it; null for a stranger with a link.</param>
/// <param name="SessionId">In which session; null for none.</param>
internal sealed record PasswordChange(AuditKind Kind, SessionFilter Ends, AuditOrigin Origin, long? ActorId = null, string? SessionId = null);
