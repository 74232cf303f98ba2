using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;

namespace Portal.Accounts.Credentials.Factors;

/// <summary>Browsers that are not asked for a second factor for 30 days, because their person gave it there and wished so.</summary>
/// <remarks>
/// The cookie holds a random key of 256 bits for each person who trusts the browser, at most five; the database their
/// hashes. The row decides: it goes with a new password, with any change of the factors, when the account is deactivated,
/// and when the session that began by it is ended by anybody (<see cref="Sessions.SessionEnder"/>), the person's own sign-out in
/// that browser and the session's natural end apart.
/// </remarks>
internal sealed class TrustedBrowsers(TimeProvider time, IOptions<PortalOptions> portal)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    private const int MaxKeys = 5;
    private const int KeyBytes = 32;
    private const int KeyLength = 43;
    private const string SecureName = "__Host-portal-trust";
    private const string PlainName = "portal-trust";

    private string Name => portal.Value.IsSecure ? SecureName : PlainName;

    /// <summary>The row of the browser that asks, for this user; null when it is not trusted, or no longer.</summary>
    public async Task<long?> FindAsync(PortalDbContext context, HttpContext http, long userId, CancellationToken cancellationToken)
    {
        var hashes = KeysOf(http).Select(HashOf).ToList();
        if (hashes.Count == 0)
        {
            return null;
        }

        var now = time.GetUtcNow();
        return await context.TrustedBrowsers
            .Where(row => row.UserId == userId && row.ExpiresAt > now && hashes.Contains(row.KeyHash))
            .Select(row => (long?)row.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Ties the trust to the session that begins by it, in that session's transaction. False when it ended meanwhile.</summary>
    public async Task<bool> UseAsync(PortalDbContext context, long rowId, UserSession session, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await context.TrustedBrowsers.Where(row => row.Id == rowId && row.ExpiresAt > now)
            .ExecuteUpdateAsync(row => row.SetProperty(found => found.SessionId, session.Id), cancellationToken) == 1;
    }

    /// <summary>Trusts the browser from the session on that begins in the caller's transaction. Returns the key for its cookie.</summary>
    public string Add(PortalDbContext context, UserSession session)
    {
        var (key, now) = (Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes)), time.GetUtcNow());
        context.TrustedBrowsers.Add(new TrustedBrowser
        {
            UserId = session.UserId,
            KeyHash = HashOf(key),
            SessionId = session.Id,
            Browser = session.Browser,
            Os = session.Os,
            CreatedAt = now,
            ExpiresAt = now + Lifetime,
        });
        return key;
    }

    /// <summary>Gives the browser the key, after the commit. The one it got first makes room.</summary>
    public void Remember(HttpContext http, string key) => http.Response.Cookies.Append(
        Name,
        string.Join('.', KeysOf(http).Take(MaxKeys - 1).Prepend(key)),
        new CookieOptions
        {
            HttpOnly = true,
            Secure = portal.Value.IsSecure,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
            MaxAge = Lifetime,
            Path = "/",
        });

    /// <summary>Ends the trust in all of a person's browsers, in the caller's transaction.</summary>
    public static Task ForgetAllAsync(PortalDbContext context, long userId, CancellationToken cancellationToken) =>
        context.TrustedBrowsers.Where(row => row.UserId == userId).ExecuteDeleteAsync(cancellationToken);

    private IEnumerable<string> KeysOf(HttpContext http) =>
        http.Request.Cookies[Name] is { Length: > 0 and <= MaxKeys * (KeyLength + 1) } cookie
            ? cookie.Split('.').Where(key => key.Length == KeyLength)
            : [];

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
