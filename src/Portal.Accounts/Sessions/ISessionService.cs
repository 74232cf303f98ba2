using System.Security.Claims;

namespace Portal.Accounts.Sessions;

/// <summary>A person's own sessions. Every call acts as the given person and reaches their rows only; any place may call it.</summary>
public interface ISessionService
{
    /// <summary>
    /// The person's live sessions, the asking one first and then the newest (an order in which no row moves by itself), followed by those that ended in the last
    /// 28 days, the latest first. Empty when the asking session has itself ended. At most 200 ended ones.
    /// </summary>
    Task<IReadOnlyList<SessionInfo>> ListAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends one of the person's sessions, their current one too. Its open pages have been told to leave when this returns.
    /// </summary>
    /// <returns>False when there is no such live session of theirs: not there, not theirs and ended look alike.</returns>
    Task<bool> EndAsync(ClaimsPrincipal person, string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Ends all of the person's sessions but the asking one. Returns how many ended.</summary>
    Task<int> EndOthersAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);
}
