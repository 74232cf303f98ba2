using Portal.Accounts.Sessions;

namespace Portal.Shell;

/// <summary>
/// The appearance of a browser, kept in a cookie for a year. Only the server reads it: it writes the choice into the
/// document. A browser without the cookie takes over what its person chose for every browser, as soon as they are
/// signed in; until then the system decides.
/// </summary>
internal static class ThemeChoice
{
    public const string CookieName = "portal-theme";
    public const string System = "system";
    public const string Light = "light";
    public const string Dark = "dark";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    /// <summary><see cref="Light"/> or <see cref="Dark"/>; null where the system decides.</summary>
    public static string? Of(HttpContext http) => (http.Request.Cookies[CookieName] ?? Wish(http)) is Light or Dark
        ? http.Request.Cookies[CookieName] ?? Wish(http)
        : null;

    /// <summary>Keeps what the person chose for every browser in one that has no choice of its own.</summary>
    public static void TakeOver(HttpContext http)
    {
        if (http.Request.Cookies[CookieName] is null && Wish(http) is { } wish)
        {
            TryKeep(http, wish);
        }
    }

    /// <summary>False, and nothing changes, for a word that is none of the three.</summary>
    public static bool TryKeep(HttpContext http, string? choice)
    {
        var options = new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = Lifetime,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = http.Request.IsHttps,
        };
        if (choice is not (System or Light or Dark))
        {
            return false;
        }

        // The system is a choice too: without a cookie the person's wish would come back.
        http.Response.Cookies.Append(CookieName, choice, options);
        return true;
    }

    private static string? Wish(HttpContext http) => http.User.FindFirst(SessionClaims.ThemeType)?.Value;
}
