using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Portal.Tests;

/// <summary>Reads what a page answered.</summary>
internal static partial class Answer
{
    public static async Task<IHtmlDocument> PageAsync(this HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>What the page says at once, in one line.</summary>
    public static string Alert(this IHtmlDocument page) =>
        string.Join(' ', page.QuerySelectorAll("[role=alert]").Select(alert => string.Join(' ', alert.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));

    public static string? ValueOf(this IHtmlDocument page, string field) => page.QuerySelector($"[name='{field}']")!.GetAttribute("value");

    /// <summary>Where a redirect leads: the path on this site, however it was written; a whole address elsewhere; null for no redirect.</summary>
    public static string? LeadsTo(this HttpResponseMessage answer)
    {
        if (answer.Headers.Location is not { } address)
        {
            return null;
        }

        var whole = new Uri(answer.RequestMessage!.RequestUri!, address);
        return whole.Authority == answer.RequestMessage.RequestUri!.Authority ? whole.PathAndQuery : whole.AbsoluteUri;
    }

    /// <summary>The page without what differs between any two answers: the tokens of its forms and whatever else is protected.</summary>
    public static async Task<string> ComparableAsync(this HttpResponseMessage answer) =>
        Protected().Replace(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "PROTECTED");

    // Everything data protection makes begins with the same version.
    [GeneratedRegex("CfDJ8[A-Za-z0-9_+/=-]+")]
    private static partial Regex Protected();
}
