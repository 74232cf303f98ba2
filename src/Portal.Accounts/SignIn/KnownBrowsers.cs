using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.SignIn;

/// <summary>
/// Remembers in a protected cookie who signed in with a browser before, so that their failures there are counted apart
/// from a stranger's guesses, and that a sign-in in any other browser is news. It opens nothing: a password is asked all the
/// same.
/// </summary>
internal sealed class KnownBrowsers(IDataProtectionProvider protection, IOptions<PortalOptions> portal)
{
    private const int MaxUsers = 5;
    private const string SecureName = "__Host-portal-browser";
    private const string PlainName = "portal-browser";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("Portal.KnownBrowsers").ToTimeLimitedDataProtector();

    private string Name => portal.Value.IsSecure ? SecureName : PlainName;

    /// <summary>The browser's mark, if this user signed in with it and their security stamp is still the one of then; else null.</summary>
    public string? MarkFor(HttpContext http, long userId, string? stamp) =>
        Read(http) is { } known && known.Users.Contains(EntryOf(userId, stamp)) ? known.Mark : null;

    /// <summary>Remembers the user; the one who signed in longest ago makes room.</summary>
    public void Remember(HttpContext http, long userId, string? stamp)
    {
        var known = Read(http) ?? new Known(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), []);
        List<string> users = [EntryOf(userId, stamp), .. known.Users.Where(user => !user.StartsWith(PrefixOf(userId), StringComparison.Ordinal)).Take(MaxUsers - 1)];
        var text = string.Join(' ', users.Prepend(known.Mark));
        http.Response.Cookies.Append(Name, protector.Protect(text, Lifetime), new CookieOptions
        {
            HttpOnly = true,
            Secure = portal.Value.IsSecure,
            SameSite = SameSiteMode.Lax,
            IsEssential = true,
            MaxAge = Lifetime,
            Path = "/",
        });
    }

    private Known? Read(HttpContext http)
    {
        if (http.Request.Cookies[Name] is not { Length: > 0 and < 1000 } cookie)
        {
            return null;
        }

        try
        {
            var parts = protector.Unprotect(cookie).Split(' ');
            return new Known(parts[0], parts[1..]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string PrefixOf(long userId) => string.Create(CultureInfo.InvariantCulture, $"{userId}:");

    /// <summary>A new password and "This wasn't me" renew the stamp: every browser is a stranger then, the intruder's too.</summary>
    private static string EntryOf(long userId, string? stamp) =>
        PrefixOf(userId) + Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(stamp ?? ""))[..9]);

    private sealed record Known(string Mark, IReadOnlyList<string> Users);
}
