using Microsoft.Playwright;

namespace Portal.BrowserTests;

internal static class TabAlerts
{
    /// <summary>
    /// What a page says went wrong or well. The notice of a stopped circuit stands outside the page's main part, and is taken
    /// for shown by who looks before the style sheet is there.
    /// </summary>
    public static ILocator Alert(this IPage tab) => tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Alert);
}
