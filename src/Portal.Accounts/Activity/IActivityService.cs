using System.Security.Claims;
using Portal.Accounts.Audit;

namespace Portal.Accounts.Activity;

/// <summary>A person's own security events. Every call acts as the given person and reaches events about them only; any place may call it.</summary>
public interface IActivityService
{
    /// <summary>The person's events, the newest first. Empty when the asking session has itself ended.</summary>
    /// <param name="person">Who asks.</param>
    /// <param name="kinds">Only these kinds; null for all.</param>
    /// <param name="before">Only events with a smaller id; null for the newest.</param>
    /// <param name="size">At most so many; 1 to 100.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<ActivityList> ListAsync(
        ClaimsPrincipal person, IReadOnlyCollection<AuditKind>? kinds = null, long? before = null, int size = 50, CancellationToken cancellationToken = default);

    /// <summary>
    /// The person says that it was not them, after they proved who they are within <see cref="Sessions.SessionsOptions.RecentAuthentication"/>
    /// (OWASP ASVS 7.5.2). The session it was done in ends, if it lives; passkeys, identities and an app that were added since it
    /// began go; an address that it replaced comes back, a wished-for one is called off, and no browser is trusted any longer. The
    /// report is an event itself. They should choose a new password next.
    /// </summary>
    /// <param name="person">Who asks.</param>
    /// <param name="eventId">Which event.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<NotMeOutcome> ReportAsync(ClaimsPrincipal person, long eventId, CancellationToken cancellationToken = default);
}
