using Microsoft.AspNetCore.Http;
using Portal.Accounts.Users;

namespace Portal.Accounts.Recovery;

/// <summary>Taking over an account that an operator made, by the link mailed to its person. Works also where recovery is switched off. Nothing here signs anybody in.</summary>
public interface IInvitationService
{
    /// <summary>How a link stands, without using it.</summary>
    Task<OneTimeLinkStatus> StatusOfAsync(long userId, string? token, CancellationToken cancellationToken = default);

    /// <summary>Sets the account's first password by a link, once; the address, which the link was sent to, counts as confirmed.</summary>
    /// <param name="http">The request; says from where.</param>
    /// <param name="userId">Whose, as the link says.</param>
    /// <param name="token">The link's secret.</param>
    /// <param name="password">As typed.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<RecoveryOutcome> AcceptAsync(HttpContext http, long userId, string? token, string password, CancellationToken cancellationToken = default);
}
