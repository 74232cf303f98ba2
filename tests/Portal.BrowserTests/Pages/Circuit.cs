using Microsoft.Playwright;

namespace Portal.BrowserTests.Pages;

/// <summary>Whether a page answers to clicks already: until its circuit is there, it only looks as if it did.</summary>
internal static class Circuit
{
    /// <summary>Waits until the framework's script has tied an event of the page to the circuit.</summary>
    public static Task IsOpenAsync(IPage tab) => tab.WaitForFunctionAsync(
        """() => [...document.querySelectorAll("main *")].some(element => Object.keys(element).some(key => key.startsWith("_blazorEvents")))""");
}
