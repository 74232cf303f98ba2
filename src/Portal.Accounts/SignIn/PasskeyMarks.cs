using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Portal.Accounts.Passkeys;

namespace Portal.Accounts.SignIn;

/// <summary>
/// Tells the browser that was asked for a passkey from any other, by a random cookie: an answer that was lured out of
/// somebody elsewhere signs nobody in here. One for all tabs, so that none spoils the question of another.
/// </summary>
internal sealed class PasskeyMarks(IOptions<PortalOptions> portal)
{
    private const string SecureName = "__Host-portal-passkey";
    private const string PlainName = "portal-passkey";
    private const int MarkBytes = 16;
    private const int MarkLength = 22;

    private string Name => portal.Value.IsSecure ? SecureName : PlainName;

    /// <summary>The browser's mark; null when it was not asked lately.</summary>
    public string? Of(HttpContext http) => http.Request.Cookies[Name] is { Length: MarkLength } mark ? mark : null;

    /// <summary>The browser's mark, a new one where it has none, from now on for as long as a question is open.</summary>
    public string Renew(HttpContext http)
    {
        var mark = Of(http) ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(MarkBytes));
        http.Response.Cookies.Append(Name, mark, new CookieOptions
        {
            HttpOnly = true,
            Secure = portal.Value.IsSecure,
            SameSite = SameSiteMode.Strict,
            IsEssential = true,
            MaxAge = PasskeyTickets.Lifetime,
            Path = "/",
        });
        return mark;
    }
}
