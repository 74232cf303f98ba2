using System.Security.Claims;

namespace Portal.Accounts.Profiles;

/// <summary>How a person's account stands, in one reading.</summary>
public interface IOverviewService
{
    /// <summary>The person's own account; null when the asking session has ended. One query.</summary>
    Task<OverviewInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);
}
