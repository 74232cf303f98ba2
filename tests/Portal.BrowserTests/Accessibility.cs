using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>axe, with every rule it has on by default and the one on target sizes that it has not.</summary>
internal static class Accessibility
{
    public const int Phone = 360;
    public const int Desktop = 1280;

    private static readonly string[] ColorRules = ["color-contrast", "link-in-text-block"];

    /// <summary>That it scrolls nothing sideways on a phone.</summary>
    public static async Task FitsAPhoneAsync(IPage tab)
    {
        await tab.SetViewportSizeAsync(Phone, 740);
        var widths = await tab.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        Assert.True(widths[0] <= widths[1], $"{tab.Url} is {widths[0]} px wide on a phone of {widths[1]} px.");
    }

    /// <summary>Looks at the page as it is, on a phone and on a desktop, light and dark.</summary>
    /// <param name="tab">The page.</param>
    /// <param name="inapplicable">Rules that say nothing about what is shown.</param>
    public static async Task FindsNothingAsync(IPage tab, params string[] inapplicable)
    {
        foreach (var width in (int[])[Phone, Desktop])
        {
            await tab.SetViewportSizeAsync(width, 800);
            await FindsNothingInEitherThemeAsync(tab, inapplicable);
        }
    }

    /// <summary>Looks at the page as it is and as large as it is, light and dark.</summary>
    /// <param name="tab">The page.</param>
    /// <param name="inapplicable">Rules that say nothing about what is shown.</param>
    public static async Task FindsNothingInEitherThemeAsync(IPage tab, params string[] inapplicable)
    {
        var all = new AxeRunOptions
        {
            Rules = inapplicable.ToDictionary(rule => rule, _ => new RuleOptions { Enabled = false }),
            ResultTypes = [ResultType.Violations],
        };
        all.Rules["target-size"] = new() { Enabled = true };
        // The themes differ in colours alone.
        var colors = new AxeRunOptions
        {
            RunOnly = new() { Type = "rule", Values = [.. ColorRules.Except(inapplicable)] },
            ResultTypes = [ResultType.Violations],
        };
        var found = new List<string>();
        foreach (var (scheme, options) in ((ColorScheme, AxeRunOptions)[])[(ColorScheme.Light, all), (ColorScheme.Dark, colors)])
        {
            // Without motion nothing is caught half-way between two colours.
            await tab.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            var result = await tab.RunAxe(options);
            found.AddRange(
                from violation in result.Violations
                from node in violation.Nodes
                select $"{scheme}: {violation.Id} ({violation.Help}) at {node.Target}: {string.Join("; ", node.Any.Select(check => check.Message))}");
        }

        Assert.True(found.Count == 0, $"axe found on {tab.Url}, {tab.ViewportSize?.Width} px wide:\n{string.Join('\n', found)}");
    }
}
