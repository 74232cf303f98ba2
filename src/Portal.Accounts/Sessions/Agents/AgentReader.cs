using Microsoft.AspNetCore.Http;

namespace Portal.Accounts.Sessions.Agents;

/// <summary>
/// Reads what a request says about browser, system and device. The headers are other people's text: they are matched
/// against tables and never quoted, so every answer is a name of ours and at most five digits. Never throws.
/// </summary>
internal static class AgentReader
{
    private const string Brands = "Sec-CH-UA";
    private const string Mobile = "Sec-CH-UA-Mobile";
    private const string Platform = "Sec-CH-UA-Platform";

    public static AgentInfo Read(IHeaderDictionary headers) => Read(
        headers.UserAgent.ToString(),
        headers[Brands].ToString(),
        headers[Mobile].ToString(),
        headers[Platform].ToString());

    /// <summary>The same from the values of the headers; null or empty: not sent.</summary>
    /// <param name="userAgent"><c>User-Agent</c>; its first 1,024 characters are read.</param>
    /// <param name="brands"><c>Sec-CH-UA</c>.</param>
    /// <param name="mobile"><c>Sec-CH-UA-Mobile</c>.</param>
    /// <param name="platform"><c>Sec-CH-UA-Platform</c>.</param>
    public static AgentInfo Read(string? userAgent, string? brands = null, string? mobile = null, string? platform = null)
    {
        var text = new AgentText(userAgent);
        if (RobotTable.BotFor(text) is { } bot)
        {
            return new AgentInfo(bot.Name, bot.VersionIn(text), AgentInfo.Unknown, DeviceClass.Bot);
        }

        var hints = new ClientHints(brands, mobile, platform);
        var system = SystemTable.Find(text, hints.Platform);
        if (AgentRule.FirstFor(text, RobotTable.Tools) is { } tool)
        {
            return new AgentInfo(tool.Name, tool.VersionIn(text), system.Name, DeviceClass.Tool);
        }

        var (browser, version) = BrowserOf(text, hints);
        return new AgentInfo(browser, version, system.Name, SystemTable.DeviceOf(text, system, hints.IsMobile));
    }

    private static (string Name, string? Version) BrowserOf(AgentText text, ClientHints hints)
    {
        if (AgentRule.FirstFor(text, BrowserTable.Apps) is { } app)
        {
            return (app.Name, app.VersionIn(text));
        }

        var told = AgentRule.FirstFor(text, BrowserTable.Browsers);
        return hints.Browser(told?.Name) ?? (told?.Name ?? AgentInfo.Unknown, told?.VersionIn(text));
    }
}
