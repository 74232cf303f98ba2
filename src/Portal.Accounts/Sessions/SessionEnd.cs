using Portal.Accounts.Events;

namespace Portal.Accounts.Sessions;

/// <summary>Why sessions end, who ended them, and in which session of theirs; null is the portal itself or the command line.</summary>
internal sealed record SessionEnd(SessionEndReason Reason, long? ById = null, string? BySessionId = null)
{
    /// <summary>Whether they are of very many that end at once for being past their limits: nobody's doing, and told in the log by hundreds.</summary>
    public bool IsOfBacklog { get; init; }
}
