using Portal.Accounts.Data;

namespace Portal.Accounts.Administration;

/// <summary>The events that a filter leaves.</summary>
/// <param name="Rows">They, in no order.</param>
/// <param name="Total">How many they are.</param>
/// <param name="IsByTime">Whether they are to be listed by the time they happened, not by number; the same but where clocks differ.</param>
internal sealed record EventMatch(IQueryable<AuditEvent> Rows, ListTotal Total, bool IsByTime);
