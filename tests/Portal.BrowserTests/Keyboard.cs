using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

/// <summary>A person without a mouse: reaches everything by keys, and must see at each stop where they are.</summary>
internal sealed class Keyboard(IPage tab)
{
    private const int MaxStops = 80;

    /// <summary>Describes what has the focus; null when that is the page itself. What is wrong with how it shows stands behind a colon.</summary>
    private const string Look =
        """
        () => {
          const here = document.activeElement;
          if (!here || here === document.body) return null;
          const words = `${here.localName} "${(here.getAttribute("aria-label") ?? here.labels?.[0]?.innerText ?? here.innerText ?? "").trim().split("\n")[0]}"`;
          // What is hidden behind its label is seen by that.
          const seen = [here, here.closest("label")].filter(Boolean);
          const rings = seen.filter(element => {
            const style = getComputedStyle(element);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !/, 0\)$/.test(style.outlineColor);
          });
          if (!rings.length) return `${words}: nothing shows the focus`;
          const { left, top, width, height } = rings[0].getBoundingClientRect();
          const top1 = document.elementFromPoint(left + width / 2, top + height / 2);
          return top1 && (rings[0].contains(top1) || top1.contains(here)) ? words : `${words}: it is out of sight`;
        }
        """;

    /// <summary>Presses Tab until the thing of that role and name has the focus.</summary>
    public Task ReachAsync(AriaRole role, string name, bool back = false) => ReachAsync(tab.GetByRole(role, new() { Name = name, Exact = true }), back);

    /// <summary>Presses Tab, or Shift and Tab, until it has the focus.</summary>
    public async Task ReachAsync(ILocator control, bool back = false)
    {
        // Asleep until its page is live, it would be passed by.
        await Expect(control.And(tab.Locator(":enabled, a, summary")).First).ToBeVisibleAsync();
        var passed = new List<string>();
        while (!await HasFocusAsync(control))
        {
            Assert.True(passed.Count < MaxStops, $"{MaxStops} presses of Tab do not reach {control}. They went over:\n{string.Join('\n', passed)}");
            await tab.Keyboard.PressAsync(back ? "Shift+Tab" : "Tab");
            passed.Add(await SeesFocusAsync() ?? "the page");
        }
    }

    /// <summary>Reaches a thing and presses Enter on it.</summary>
    public async Task EnterAsync(AriaRole role, string name)
    {
        await ReachAsync(role, name);
        await tab.Keyboard.PressAsync("Enter");
    }

    /// <summary>Reaches a field and types into it.</summary>
    public async Task TypeAsync(string label, string text)
    {
        await ReachAsync(tab.GetByLabel(label, new() { Exact = true }));
        await tab.Keyboard.TypeAsync(text);
    }

    public Task PressAsync(string key) => tab.Keyboard.PressAsync(key);

    private static Task<bool> HasFocusAsync(ILocator control) => control.EvaluateAllAsync<bool>("found => found.includes(document.activeElement)");

    private async Task<string?> SeesFocusAsync()
    {
        var look = await tab.EvaluateAsync<string?>(Look);
        Assert.False(look?.Contains("\": ", StringComparison.Ordinal) is true, $"On {tab.Url}, {look}.");
        return look;
    }
}
