using Portal.Accounts.Audit;

namespace Portal.Accounts.Administration;

/// <summary>A security event about a user, as operators see it.</summary>
/// <param name="Id">Its number: the greater, the later.</param>
/// <param name="At">When.</param>
/// <param name="KindName">The kind's name, as in <see cref="AuditKindNames"/>.</param>
/// <param name="ActorId">Who did it; null for a stranger, the portal itself and the command line.</param>
/// <param name="Details">What else is known: a JSON object, null for nothing.</param>
public sealed record UserEventInfo(long Id, DateTimeOffset At, string KindName, long? ActorId, string? Details);
