using System.Globalization;
using Portal.Accounts;
using Portal.Accounts.Sessions;

namespace Portal.Shell;

/// <summary>
/// Follows what the signed-in person chose: dates and numbers in their language, and their appearance in a browser that
/// has none of its own. A circuit takes its language from the request that opened it.
/// </summary>
internal sealed class PersonWishes(RequestDelegate next)
{
    // Asynchronous, so that the culture goes no further up than this.
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.User.FindFirst(SessionClaims.LocaleType)?.Value is { } tag && SiteLanguages.IsOffered(tag))
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(SiteLanguages.Nearest(tag));
        }

        if (MatchedPage.Of(http).IsPage)
        {
            ThemeChoice.TakeOver(http);
        }

        await next(http);
    }
}
