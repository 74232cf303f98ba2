using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.BrowserTests;

/// <summary>What holds on every page of a phone. Beside <see cref="EveryPageTests"/>, so that both run at once.</summary>
public sealed class EveryPhonePageTests(BrowserAndPortal shared) : PageVisits(shared)
{
    [Theory]
    [MemberData(nameof(Names))]
    [Trait("ASVS", "14.3.3")]
    public async Task A_phone_scrolls_nothing_sideways_and_stores_nothing_private(string page)
    {
        var tab = await VisitAsync(page, options => options.ViewportSize = new() { Width = Accessibility.Phone, Height = 740 });

        var widths = await tab.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]");
        Assert.True(widths[0] <= widths[1], $"{page} is {widths[0]} px wide on a phone of {widths[1]} px.");

        var stored = await tab.EvaluateAsync<string>("async () => JSON.stringify([localStorage, sessionStorage, await indexedDB.databases(), await caches.keys()])");
        Assert.Equal("[{},{},[],[]]", stored);
        await Expect(tab.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(tab.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
    }
}
