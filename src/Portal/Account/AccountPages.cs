using System.Globalization;
using Portal.Controls;

namespace Portal.Account;

/// <summary>What the static pages share: where somebody goes after they are done, and how a wait is told.</summary>
internal static class AccountPages
{
    /// <summary>Where people arrive when nothing else was asked for.</summary>
    public const string Arrival = PortalUrls.AccountPath;

    /// <summary>The address asked for where it is this site's, else <see cref="Arrival"/>.</summary>
    public static string After(string? returnUrl) => LocalUrl.Or(returnUrl, Arrival);

    /// <summary>Whose account a link names; 0, which is nobody's, for what is no id.</summary>
    public static long UserIdIn(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    /// <summary>Answers 404 with the page that says why. As late as can be: a page that says so while it renders is replaced by the general one for its status.</summary>
    public static void AnswerNotFound(HttpContext http) => http.Response.OnStarting(() =>
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    /// <summary>Answers 429 with how long to wait, and the sentence for the person.</summary>
    public static string TooMany(HttpContext http, TimeSpan retryAfter, string what)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds));
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return $"{what} {TryAgain.In(retryAfter)}";
    }
}
