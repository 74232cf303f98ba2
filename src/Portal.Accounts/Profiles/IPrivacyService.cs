using System.Security.Claims;

namespace Portal.Accounts.Profiles;

/// <summary>What a person may have done with everything held about them: taken along, or deleted.</summary>
public interface IPrivacyService
{
    /// <summary>Whether the asking session must prove once more who is at it before it exports or deletes. True as well when it has ended.</summary>
    Task<bool> NeedsRecentAuthenticationAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>How long the person must wait until they may export once more; null when they may now.</summary>
    TimeSpan? ExportRetryAfter(ClaimsPrincipal person);

    /// <summary>Notes the export in the log and prepares it. The person's session must have proved lately who they are.</summary>
    Task<ExportOutcome> ExportAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes the account for good: the person, everything that hangs on them, what is personal in the log. Their sessions
    /// end in the same transaction; open pages have been told to leave when this returns. The address gets a last mail.
    /// </summary>
    /// <param name="person">Who asks; their session must have proved lately who they are.</param>
    /// <param name="typedEmail">The account's address, typed once more.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<DeletionOutcome> DeleteAsync(ClaimsPrincipal person, string typedEmail, CancellationToken cancellationToken = default);
}
