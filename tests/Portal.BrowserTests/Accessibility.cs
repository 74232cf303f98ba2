using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Portal.BrowserTests;

/// <summary>axe, with every rule it has on by default and the one on target sizes that it has not.</summary>
internal static class Accessibility
{
    public const int Phone = 360;
    public const int Desktop = 1280;

    private static readonly string[] ColorRules = ["color-contrast", "link-in-text-block"];

    private static readonly string[] Violations = ["violations"];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>In the page itself, where the script stays: the package's own way brings it anew, and a page beside, each time.</summary>
    private const string Run = """
        async options => {
            const { violations } = await axe.run(document, options);
            return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, any }) => `${id} (${help}) at ${target}: ${any.map(check => check.message).join("; ")}`));
        }
        """;

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
        // What the bar at the top hides of a page that is scrolled is too small to press, and meant so.
        await tab.EvaluateAsync("() => scrollTo(0, 0)");
        if (await tab.EvaluateAsync<bool>("() => !globalThis.axe"))
        {
            await tab.EvaluateAsync(Axe);
        }

        // The themes differ in colours alone.
        var rules = inapplicable.Append("target-size").Distinct().ToDictionary(rule => rule, rule => new { enabled = !inapplicable.Contains(rule) });
        object all = new { rules, resultTypes = Violations };
        object colors = new { runOnly = new { type = "rule", values = ColorRules.Except(inapplicable).ToArray() }, resultTypes = Violations };
        var found = new List<string>();
        foreach (var (scheme, options) in ((ColorScheme, object)[])[(ColorScheme.Light, all), (ColorScheme.Dark, colors)])
        {
            // Without motion nothing is caught half-way between two colours.
            await tab.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            found.AddRange((await tab.EvaluateAsync<string[]>(Run, options)).Select(violation => $"{scheme}: {violation}"));
        }

        Assert.True(found.Count == 0, $"axe found on {tab.Url}, {tab.ViewportSize?.Width} px wide:\n{string.Join('\n', found)}");
    }
}
