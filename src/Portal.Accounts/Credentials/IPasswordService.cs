using Microsoft.AspNetCore.Http;

namespace Portal.Accounts.Credentials;

/// <summary>A person's own password. Only over HTTP, because both calls give the session a new key: on a circuit they throw.</summary>
public interface IPasswordService
{
    /// <summary>
    /// Proves once more who the person is. Their session counts as just signed in, under a new key; its open pages stay.
    /// Wrong passwords are counted as at the sign-in.
    /// </summary>
    /// <param name="http">The request of a signed-in person; its response must not have started.</param>
    /// <param name="password">As typed.</param>
    /// <param name="cancellationToken">Stops waiting; an attempt already counted stays counted.</param>
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    Task<PasswordOutcome> ConfirmAsync(HttpContext http, string password, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces the password by another. All other sessions end; this one goes on under a new key. A mail tells the person.
    /// </summary>
    /// <param name="http">The request of a signed-in person; its response must not have started.</param>
    /// <param name="current">The present password, as typed.</param>
    /// <param name="replacement">The new one, as typed.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <exception cref="InvalidOperationException">The response has started, as it always has on a circuit.</exception>
    Task<PasswordOutcome> ChangeAsync(HttpContext http, string current, string replacement, CancellationToken cancellationToken = default);
}
