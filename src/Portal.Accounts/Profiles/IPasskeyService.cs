using System.Security.Claims;

namespace Portal.Accounts.Profiles;

/// <summary>
/// A person's own passkeys. May be used on a circuit: nothing here writes a cookie. After each change
/// <see cref="Events.AccountEvent.UserChanged"/> is published; adding and removing are mailed.
/// </summary>
public interface IPasskeyService
{
    /// <summary>All of theirs; null when their session has ended.</summary>
    Task<PasskeyList?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>
    /// What the browser is to ask a device for, so that it makes a new one. Takes a recent proof of who they are (OWASP ASVS
    /// 7.5.1).
    /// </summary>
    Task<PasskeyOutcome> BeginAddingAsync(ClaimsPrincipal person, CancellationToken cancellationToken = default);

    /// <summary>Adds the one that the device made. In the session that asked, within five minutes, once.</summary>
    /// <param name="person">Whose session.</param>
    /// <param name="ticket">Of the prompt.</param>
    /// <param name="answer">The new credential as JSON, as the browser made it.</param>
    /// <param name="endOthers">Whether all other sessions are to end.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<PasskeyOutcome> AddAsync(ClaimsPrincipal person, string ticket, string answer, bool endOthers, CancellationToken cancellationToken = default);

    /// <summary>Gives one another name, 1 to 64 characters.</summary>
    Task<PasskeyOutcome> RenameAsync(ClaimsPrincipal person, string id, string? name, CancellationToken cancellationToken = default);

    /// <summary>Removes one, unless it is the last way in. Takes a recent proof of who they are.</summary>
    /// <param name="person">Whose session.</param>
    /// <param name="id">Which.</param>
    /// <param name="endOthers">Whether all other sessions are to end.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<PasskeyOutcome> RemoveAsync(ClaimsPrincipal person, string id, bool endOthers, CancellationToken cancellationToken = default);
}
