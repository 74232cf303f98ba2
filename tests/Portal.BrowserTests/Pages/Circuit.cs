using Microsoft.Playwright;

namespace Portal.BrowserTests.Pages;

/// <summary>Whether a page answers to clicks already: until its circuit is there, it only looks as if it did.</summary>
internal static class Circuit
{
    /// <summary>Waits until the framework's script has tied an event of the page to the circuit.</summary>
    public static Task IsOpenAsync(IPage tab) => tab.WaitForFunctionAsync(
        """() => [...document.querySelectorAll("main *")].some(element => Object.keys(element).some(key => key.startsWith("_blazorEvents")))""");

    /// <summary>Waits until the server has heard all that the page sent so far: it takes a page's messages one after another.</summary>
    public static Task HasHeardAsync(IPage tab) => tab.EvaluateAsync(
        """() => DotNet.invokeMethodAsync("Portal", "answers to this name with an error").then(() => { throw new Error("It has a method of this name."); }, () => { })""");
}
