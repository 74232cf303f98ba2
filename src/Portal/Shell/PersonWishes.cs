using System.Globalization;
using Portal.Accounts;

namespace Portal.Shell;

/// <summary>
/// Follows the appearance the signed-in person chose, in a browser that has none of its own. Dates and numbers follow the
/// language that the pages are in, not the person's, so that no sentence mixes two, nor that of the machine; a circuit
/// takes it from the request that opened it.
/// </summary>
internal sealed class PersonWishes(RequestDelegate next)
{
    private static readonly CultureInfo Language = CultureInfo.GetCultureInfo(SiteLanguages.Default);

    // Asynchronous, so that the culture goes no further up than this.
    public async Task InvokeAsync(HttpContext http)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Language;
        if (MatchedPage.Of(http).IsPage)
        {
            ThemeChoice.TakeOver(http);
        }

        await next(http);
    }
}
