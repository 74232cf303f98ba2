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
    /// Ends one of the person's sessions, their current one too. Another than the current one only after they proved who they
    /// are within <see cref="SessionsOptions.RecentAuthentication"/> (OWASP ASVS 7.5.2).
    /// </summary>
    Task<EndOutcome> EndAsync(ClaimsPrincipal person, string sessionId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends all of the person's sessions but the asking one, and forgets every other browser that they trusted. Only after they
    /// proved who they are, as <see cref="EndAsync"/>.
    /// </summary>
    Task<EndOutcome> EndOthersAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);
}
