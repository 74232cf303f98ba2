using Microsoft.Playwright;
using Portal.BrowserTests;

namespace Portal.Benchmarks.Figures;

/// <summary>What a browser that comes for the first time receives for a page.</summary>
/// <param name="PageKb">The page itself, as transferred.</param>
/// <param name="AllKb">With its scripts, styles, icons and headers, as transferred.</param>
/// <param name="Requests">How many requests that takes.</param>
internal sealed record PageWeight(double PageKb, double AllKb, int Requests)
{
    /// <summary>Looks at pages with a real browser; null for each where there is none.</summary>
    public static async Task<IReadOnlyList<PageWeight?>> OfAsync(IEnumerable<Uri> pages)
    {
        if (RealBrowser.Find() is not { } path)
        {
            return [.. pages.Select(_ => (PageWeight?)null)];
        }

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await RealBrowser.LaunchAsync(playwright, path);
        List<PageWeight?> weights = [];
        foreach (var page in pages)
        {
            weights.Add(await OfAsync(browser, page));
        }

        return weights;
    }

    private static async Task<PageWeight> OfAsync(IBrowser browser, Uri page)
    {
        await using var profile = await browser.NewContextAsync();
        var tab = await profile.NewPageAsync();
        List<IRequest> requests = [];
        tab.RequestFinished += (_, request) => requests.Add(request);
        await tab.GotoAsync(page.ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        var sizes = new List<RequestSizesResult>();
        foreach (var request in requests.ToList())
        {
            sizes.Add(await request.SizesAsync());
        }

        return new PageWeight(
            Rounded.Kilobytes(sizes[0].ResponseBodySize), Rounded.Kilobytes(sizes.Sum(size => size.ResponseBodySize + size.ResponseHeadersSize)), sizes.Count);
    }
}
