using Microsoft.AspNetCore.Http;

namespace Portal.Accounts.Administration;

/// <summary>The first administrator: there is no default account, only a link that the start prints while nobody has the role <c>admin</c>.</summary>
public interface ISetupService
{
    /// <summary>
    /// A new one-time link, absolute, good for 24 hours; null once anybody has the role <c>admin</c>, even if they cannot sign
    /// in: a site that has people is opened again by the command line alone.
    /// </summary>
    Task<string?> NewLinkAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether a link's token still works: nobody has the role yet, and it is neither used nor expired.</summary>
    Task<bool> IsUsableAsync(string? token, CancellationToken cancellationToken = default);

    /// <summary>Whether somebody could sign in and administer now: active, confirmed where that is demanded, with a way in that the settings allow.</summary>
    Task<bool> CanSomebodyAdministerAsync(CancellationToken cancellationToken = default);

    /// <summary>What would be refused of what was typed, without making anything; empty when nothing.</summary>
    Task<IReadOnlyList<FieldError>> CheckAsync(string? email, string? userName, string? password, CancellationToken cancellationToken = default);

    /// <summary>Makes the first administrator, active and confirmed; the log has from where. Of two at once one succeeds.</summary>
    Task<AdminOutcome> CreateAdministratorAsync(
        HttpContext http, string token, string email, string? userName, string password, CancellationToken cancellationToken = default);
}
