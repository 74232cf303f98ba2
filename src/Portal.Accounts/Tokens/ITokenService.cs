using System.Security.Claims;

namespace Portal.Accounts.Tokens;

/// <summary>Access tokens: what programs send instead of a cookie.</summary>
public interface ITokenService
{
    /// <summary>
    /// Issues a token for a session. Its claims are <c>iss</c>, <c>aud</c>, <c>sub</c> (the user's id), <c>sid</c> (the
    /// session's public id), <c>jti</c>, <c>iat</c>, <c>nbf</c> and <c>exp</c> (RFC 7519, section 4.1), and <c>session_key</c>
    /// (a digest of the session's key that <paramref name="person"/> came by, with which it goes); its type <c>at+jwt</c> (RFC 9068). May be called on a circuit.
    /// </summary>
    /// <param name="person">Whose session it is; a principal as requests and circuits have it.</param>
    /// <param name="more">Claims beside these, by name; null for none.</param>
    /// <param name="cancellationToken">Stops before anything is issued.</param>
    /// <returns>Null when the session has ended.</returns>
    /// <exception cref="ArgumentException"><paramref name="more"/> has one of these claims' names.</exception>
    Task<TokenInfo?> IssueAsync(ClaimsPrincipal person, IReadOnlyDictionary<string, object>? more = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads a token: signature first, by HMAC-SHA256 and the configured secrets alone, whatever its header says; then kind,
    /// issuer, audience and time, without leeway; then whether its session lives, under the key it had. Asks no database of a session that this
    /// node has met lately.
    /// </summary>
    /// <param name="token">As sent.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<TokenOutcome> ReadAsync(string token, CancellationToken cancellationToken = default);
}
