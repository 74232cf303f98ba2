using Xunit.Sdk;

namespace Portal.BrowserTests;

/// <summary>That the look at every page sees what is wrong with one.</summary>
public sealed class AccessibilityTests(BrowserAndPortal shared) : BrowserTest(shared)
{
    [Fact]
    public async Task What_only_dark_colours_hide_and_what_is_too_small_to_hit_is_found()
    {
        var tab = await (await NewProfileAsync()).NewPageAsync();
        await tab.GotoAsync(PortalUrls.SignInPath);
        await tab.EvaluateAsync("""
            () => {
                const sheet = new CSSStyleSheet();
                sheet.replaceSync("@media (prefers-color-scheme: dark) { .lead { color: #333; background: #222; } }");
                document.adoptedStyleSheets = [sheet];
                document.querySelector("main").insertAdjacentHTML("beforeend", "<button>a</button><button>b</button>");
                for (const small of document.querySelectorAll("main > button:nth-last-child(-n + 2)")) Object.assign(small.style, { width: "9px", height: "9px", padding: 0 });
            }
            """);

        var found = await Assert.ThrowsAsync<TrueException>(() => Accessibility.FindsNothingAsync(tab));

        Assert.Contains("Dark: color-contrast", found.Message, StringComparison.Ordinal);
        Assert.Contains("Light: target-size", found.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Light: color-contrast", found.Message, StringComparison.Ordinal);
        found = await Assert.ThrowsAsync<TrueException>(() => Accessibility.FindsNothingAsync(tab, "target-size"));
        Assert.DoesNotContain("target-size", found.Message, StringComparison.Ordinal);
    }
}
