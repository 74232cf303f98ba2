namespace Portal.Accounts.Sessions.Agents;

/// <summary>What is no person's browser: bots, which come to look, and tools, which someone wrote or typed.</summary>
internal static class RobotTable
{
    /// <summary>Bots by name. They often carry the whole text of a browser, so they are looked for before everything else.</summary>
    public static readonly AgentRule[] Bots =
    [
        new("Googlebot", "Googlebot", VersionMarker: "Googlebot/"),
        new("AdsBot-Google", "Googlebot"),
        new("Mediapartners-Google", "Googlebot"),
        new("Storebot-Google", "Googlebot"),
        new("Google-InspectionTool", "Googlebot"),
        new("GoogleOther", "Googlebot"),
        new("FeedFetcher-Google", "Googlebot"),
        new("Chrome-Lighthouse", "Lighthouse"),
        new("bingbot", "bingbot", VersionMarker: "bingbot/"),
        new("BingPreview", "bingbot"),
        new("DuckDuckBot", "DuckDuckBot", VersionMarker: "DuckDuckBot/"),
        new("Slurp", "Yahoo Slurp"),
        new("Baiduspider", "Baiduspider", VersionMarker: "Baiduspider/"),
        new("YandexBot", "YandexBot", VersionMarker: "YandexBot/"),
        new("Sogou web spider", "Sogou Spider"),
        new("Bytespider", "Bytespider"),
        new("PetalBot", "PetalBot"),
        new("Applebot", "Applebot", VersionMarker: "Applebot/"),
        new("Amazonbot", "Amazonbot", VersionMarker: "Amazonbot/"),
        new("facebookexternalhit", "Facebook preview", VersionMarker: "facebookexternalhit/"),
        new("meta-externalagent", "Meta crawler", VersionMarker: "meta-externalagent/"),
        new("Twitterbot", "Twitterbot", VersionMarker: "Twitterbot/"),
        new("LinkedInBot", "LinkedInBot", VersionMarker: "LinkedInBot/"),
        new("Pinterestbot", "Pinterestbot", VersionMarker: "Pinterestbot/"),
        new("Slackbot", "Slackbot"),
        new("Slack-ImgProxy", "Slackbot"),
        new("Discordbot", "Discordbot", VersionMarker: "Discordbot/"),
        new("TelegramBot", "TelegramBot"),
        new("WhatsApp/", "WhatsApp preview"),
        new("SkypeUriPreview", "Skype preview"),
        new("GPTBot", "GPTBot", VersionMarker: "GPTBot/"),
        new("OAI-SearchBot", "OAI-SearchBot", VersionMarker: "OAI-SearchBot/"),
        new("ChatGPT-User", "ChatGPT"),
        new("ClaudeBot", "ClaudeBot", VersionMarker: "ClaudeBot/"),
        new("PerplexityBot", "PerplexityBot", VersionMarker: "PerplexityBot/"),
        new("CCBot", "CCBot", VersionMarker: "CCBot/"),
        new("AhrefsBot", "AhrefsBot", VersionMarker: "AhrefsBot/"),
        new("SemrushBot", "SemrushBot", VersionMarker: "SemrushBot/"),
        new("MJ12bot", "MJ12bot"),
        new("UptimeRobot", "UptimeRobot", VersionMarker: "UptimeRobot/"),
        new("Pingdom", "Pingdom"),
        new("archive.org_bot", "Internet Archive"),
        new("ia_archiver", "Internet Archive"),
    ];

    /// <summary>Tools by name.</summary>
    public static readonly AgentRule[] Tools =
    [
        new("curl/", "curl"),
        new("libcurl/", "curl"),
        new("Wget/", "Wget"),
        new("Wget2/", "Wget"),
        new("HTTPie/", "HTTPie"),
        new("xh/", "xh"),
        new("PostmanRuntime/", "Postman"),
        new("insomnia/", "Insomnia"),
        new("bruno-runtime/", "Bruno"),
        new("PowerShell/", "PowerShell"),
        new("WindowsPowerShell/", "PowerShell"),
        new("python-requests/", "Python Requests"),
        new("python-httpx/", "Python HTTPX"),
        new("aiohttp/", "Python aiohttp"),
        new("Python-urllib/", "Python urllib"),
        new("python-urllib3/", "Python urllib"),
        new("Scrapy/", "Scrapy"),
        new("Go-http-client/", "Go HTTP client"),
        new("okhttp/", "OkHttp"),
        new("Apache-HttpClient/", "Apache HttpClient"),
        new("Java-http-client/", "Java HTTP client"),
        new("Java/", "Java"),
        new("RestSharp/", "RestSharp"),
        new("Flurl.Http/", "Flurl"),
        new("Microsoft.NET", ".NET HttpClient"),
        new("dotnet", ".NET HttpClient"),
        new(".NET HttpClient", ".NET HttpClient"),
        new("HttpClient", ".NET HttpClient"),
        new("axios/", "axios"),
        new("got (", "got"),
        new("node-fetch", "Node.js"),
        new("undici", "Node.js"),
        new("node", "Node.js"),
        new("Deno/", "Deno"),
        new("Bun/", "Bun"),
        new("GuzzleHttp/", "Guzzle"),
        new("PHP/", "PHP"),
        new("Faraday", "Ruby Faraday"),
        new("Ruby", "Ruby"),
        new("libwww-perl/", "Perl LWP"),
        new("reqwest/", "Rust reqwest"),
        new("Dart/", "Dart"),
        new("k6/", "k6"),
        new("ApacheBench/", "ApacheBench"),
        new("Apache-JMeter/", "JMeter"),
    ];

    private static readonly AgentRule _unnamed = new("bot", "Unknown bot");

    public static AgentRule? BotFor(AgentText text)
    {
        // CUBOT makes telephones, and their model stands in the text of an ordinary browser.
        var claimsToBe = text.HasWordEnding("bot", except: "cubot") || text.HasWordEnding("crawler") || text.HasWordEnding("spider");
        return AgentRule.FirstFor(text, Bots) ?? (claimsToBe ? _unnamed : null);
    }
}
