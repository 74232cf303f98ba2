using Microsoft.AspNetCore.Http;

namespace Portal.Accounts.SignIn;

/// <summary>"This wasn't me": what the link in a mail about a new sign-in does. It needs no session and begins none.</summary>
public interface INotMeService
{
    /// <summary>How such a link stands and which session it is about, without using it.</summary>
    Task<NotMeLink> FindAsync(long userId, string? token, CancellationToken cancellationToken = default);

    /// <summary>
    /// Uses the link, once: the session it is about ends at once, with its open pages. Where it has ended already the report
    /// is taken all the same. What was added to the account since it began goes, and an address that it replaced comes back.
    /// </summary>
    /// <param name="http">The request; says from where it is reported.</param>
    /// <param name="userId">Whose link.</param>
    /// <param name="token">Its secret.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <returns><see cref="Users.OneTimeLinkStatus.Usable"/>, with the session as it is now, when it was used now; else why not.</returns>
    Task<NotMeLink> EndSessionAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken = default);
}
