using System.Security.Claims;
using Portal.Accounts.Users;

namespace Portal.Accounts.Profiles;

/// <summary>
/// A person's own profile and preferences. Every call acts as the given person and reaches their account only; any place
/// may call it.
/// </summary>
public interface IProfileService
{
    /// <summary>The fields of a profile, in the order they are asked for.</summary>
    IReadOnlyList<ProfileField> Fields { get; }

    /// <summary>Everything as it is now. Null when the session has ended, or the account is no longer there or active.</summary>
    Task<ProfileInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>
    /// Saves what changed, all of it or nothing. Two edits of different fields both last; of two of the same field the later
    /// one is told, unless both want the same. Publishes <see cref="Events.AccountEvent.UserChanged"/>; open pages and the
    /// next request see it.
    /// </summary>
    Task<ProfileOutcome> SaveAsync(ClaimsPrincipal person, ProfileEdit edit, CancellationToken cancellationToken = default);
}
