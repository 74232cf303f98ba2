using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests.Pages;

/// <summary>Where people learn why they are signed out.</summary>
internal static class SignedOutPage
{
    public static async Task IsShownAsync(IPage tab, string reason, string words)
    {
        await Expect(tab).ToHaveURLAsync(new Regex($"/signed-out\\?reason={reason}$"));
        await Expect(tab.Alert()).ToContainTextAsync(words);
    }
}
