using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>Why sessions end and who ended them; null is the portal itself or the command line.</summary>
internal sealed record SessionEnd(SessionEndReason Reason, long? ById = null);
