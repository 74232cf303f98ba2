namespace Portal.Accounts.Sessions.Agents;

/// <summary>
/// The three client hints a Chromium browser sends unasked: <c>Sec-CH-UA</c>, <c>-Platform</c> and <c>-Mobile</c>
/// (UA Client Hints; structured fields of RFC 9651). A malformed one counts as not sent.
/// </summary>
internal sealed class ClientHints(string? brands, string? mobile, string? platform)
{
    /// <summary>
    /// Brands we call by name. The rest of a list is the engine, which several browsers share, and the made-up brand
    /// ("Not A;Brand") that exists to be ignored.
    /// </summary>
    public static readonly (string Brand, string Name)[] Known =
    [
        ("Brave", "Brave"),
        ("Vivaldi", "Vivaldi"),
        ("Opera GX", "Opera GX"),
        ("Opera", "Opera"),
        ("Opera Mobile", "Opera"),
        ("OperaMobile", "Opera"),
        ("YaBrowser", "Yandex Browser"),
        ("Yandex", "Yandex Browser"),
        ("Samsung Internet", "Samsung Internet"),
        ("DuckDuckGo", "DuckDuckGo"),
        ("Amazon Silk", "Amazon Silk"),
        ("Whale", "Whale"),
        ("CocCoc", "Coc Coc"),
        ("HuaweiBrowser", "Huawei Browser"),
        ("QQBrowser", "QQ Browser"),
        ("Miui Browser", "MIUI Browser"),
        ("Avast Secure Browser", "Avast Secure Browser"),
        ("AVG Secure Browser", "AVG Secure Browser"),
        ("Ecosia", "Ecosia"),
        ("Arc", "Arc"),
        ("Oculus Browser", "Meta Quest Browser"),
        ("Meta Quest Browser", "Meta Quest Browser"),
        ("Microsoft Edge", BrowserTable.Edge),
        ("Google Chrome", BrowserTable.Chrome),
        ("HeadlessChrome", BrowserTable.Chrome),
    ];

    /// <summary>Engines: they say more than the user agent only when that names the browser they come with, or none.</summary>
    public static readonly (string Brand, string Name, string Instead)[] Engines =
    [
        ("Microsoft Edge WebView2", BrowserTable.InApp, BrowserTable.Edge),
        ("Android WebView", BrowserTable.InApp, BrowserTable.Chrome),
        ("Chromium", BrowserTable.Chromium, BrowserTable.Chrome),
    ];

    private readonly IReadOnlyList<(string Text, string? Version)> _brands = StringList.Parse(brands);

    /// <summary>Whether the browser asks for pages made for telephones; null when it does not say.</summary>
    public bool? IsMobile { get; } = mobile?.Trim(' ') switch { "?1" => true, "?0" => false, _ => null };

    /// <summary>The system's name as sent; null when it is not sent. The client's own text: to be looked up, not shown.</summary>
    public string? Platform { get; } = StringList.Parse(platform) is [var only] ? only.Text : null;

    /// <summary>The browser's name and major version; null when the hints do not tell more than the user agent.</summary>
    /// <param name="otherwise">The browser's name by its user agent; null when unknown.</param>
    public (string Name, string? Version)? Browser(string? otherwise)
    {
        foreach (var (brand, name) in Known)
        {
            if (Find(brand) is { } found)
            {
                return (name, MajorOf(found.Version));
            }
        }

        foreach (var (brand, name, instead) in Engines)
        {
            if ((otherwise is null || otherwise == instead) && Find(brand) is { } found)
            {
                return (name, MajorOf(found.Version));
            }
        }

        return null;
    }

    private static string? MajorOf(string? version) => new AgentText("/" + version).VersionAfter("/");

    private (string Text, string? Version)? Find(string brand)
    {
        foreach (var sent in _brands)
        {
            if (sent.Text == brand)
            {
                return sent;
            }
        }

        return null;
    }
}
