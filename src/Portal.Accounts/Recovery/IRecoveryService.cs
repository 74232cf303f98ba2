using Microsoft.AspNetCore.Http;
using Portal.Accounts.Users;

namespace Portal.Accounts.Recovery;

/// <summary>Choosing a new password by a link sent to the account's address. Nothing here signs anybody in.</summary>
public interface IRecoveryService
{
    /// <summary>
    /// Mails a link if the address or username belongs to an account that may sign in. The answer never tells, in words or in
    /// time. Earlier links stop working.
    /// </summary>
    /// <param name="http">The request; says from where, which the mail repeats.</param>
    /// <param name="login">The address or username, as typed.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<RecoveryOutcome> RequestAsync(HttpContext http, string login, CancellationToken cancellationToken = default);

    /// <summary>Mails a new link in place of one that expired, to whom the expired one was sent. A link that is not an expired one asks for nothing.</summary>
    Task<RecoveryOutcome> RequestAgainAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken = default);

    /// <summary>How a link stands, without using it.</summary>
    Task<OneTimeLinkStatus> StatusOfAsync(long userId, string? token, CancellationToken cancellationToken = default);

    /// <summary>
    /// How many characters the password must have at least that a link allows to choose: fewer beside a second factor that stays.
    /// Of a link that cannot be used, what a password alone must have: it tells nothing of the account.
    /// </summary>
    Task<int> MinimumLengthAsync(long userId, string? token, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sets a new password by a link, once. Every session of the person ends, their open pages leave at once; the address,
    /// which the link was sent to, counts as confirmed. Who uses a second factor is asked for it at the next sign-in as ever; only
    /// where nobody had proved to have an address of the account, every other way in goes, logged and mailed.
    /// </summary>
    /// <param name="http">The request; says from where.</param>
    /// <param name="userId">Whose, as the link says.</param>
    /// <param name="token">The link's secret.</param>
    /// <param name="password">The new password, as typed.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<RecoveryOutcome> ResetAsync(HttpContext http, long userId, string? token, string password, CancellationToken cancellationToken = default);
}
