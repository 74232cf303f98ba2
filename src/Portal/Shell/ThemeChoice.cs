namespace Portal.Shell;

/// <summary>
/// The appearance a browser's person chose, kept in a cookie for a year; none kept means the system decides. Only the
/// server reads it: it writes the choice into the document.
/// </summary>
internal static class ThemeChoice
{
    public const string CookieName = "portal-theme";
    public const string System = "system";
    public const string Light = "light";
    public const string Dark = "dark";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    /// <summary><see cref="Light"/> or <see cref="Dark"/>; null where the system decides.</summary>
    public static string? Of(HttpContext http) =>
        http.Request.Cookies[CookieName] is Light or Dark ? http.Request.Cookies[CookieName] : null;

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
        switch (choice)
        {
            case Light or Dark:
                http.Response.Cookies.Append(CookieName, choice, options);
                return true;
            case System:
                http.Response.Cookies.Delete(CookieName, options);
                return true;
            default:
                return false;
        }
    }
}
