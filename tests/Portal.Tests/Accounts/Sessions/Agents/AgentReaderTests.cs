using Microsoft.AspNetCore.Http;
using Portal.Accounts.Sessions.Agents;

namespace Portal.Tests.Accounts.Sessions.Agents;

public sealed class AgentReaderTests
{
    private const string ChromeOnWindows =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    public static TheoryData<string, string, string?, string, DeviceClass> Browsers => RealAgents.Browsers;

    public static TheoryData<string, string, string?, string, DeviceClass> Robots => RealAgents.Robots;

    [Theory]
    [MemberData(nameof(Browsers))]
    public void A_browser_is_recognised(string userAgent, string browser, string? version, string os, DeviceClass device) =>
        Assert.Equal(new AgentInfo(browser, version, os, device), AgentReader.Read(userAgent));

    [Theory]
    [MemberData(nameof(Robots))]
    public void A_tool_or_bot_is_not_taken_for_a_person(string userAgent, string name, string? version, string os, DeviceClass device) =>
        Assert.Equal(new AgentInfo(name, version, os, device), AgentReader.Read(userAgent));

    [Fact]
    public void The_four_headers_are_read_from_the_request()
    {
        var headers = new HeaderDictionary
        {
            ["User-Agent"] = ChromeOnWindows,
            ["Sec-CH-UA"] = "\"Brave\";v=\"141\", \"Not?A_Brand\";v=\"8\", \"Chromium\";v=\"141\"",
            ["Sec-CH-UA-Mobile"] = "?1",
            ["Sec-CH-UA-Platform"] = "\"Android\"",
        };

        Assert.Equal(new AgentInfo("Brave", "141", "Android", DeviceClass.Phone), AgentReader.Read(headers));
    }

    [Fact]
    public void A_request_without_headers_is_unknown() =>
        Assert.Equal(new AgentInfo(AgentInfo.Unknown, null, AgentInfo.Unknown, DeviceClass.Unknown), AgentReader.Read(new HeaderDictionary()));

    [Fact]
    public void Client_hints_do_not_make_a_bot_or_a_tool_a_browser()
    {
        const string chrome = "\"Google Chrome\";v=\"140\"";

        Assert.Equal("Googlebot", AgentReader.Read("Googlebot/2.1", chrome, "?0", "\"Windows\"").Browser);
        Assert.Equal("curl", AgentReader.Read("curl/8.5.0", chrome, "?0", "\"Windows\"").Browser);
    }

    [Fact]
    public void An_app_is_named_although_its_hints_name_the_engine()
    {
        var read = AgentReader.Read(
            "Mozilla/5.0 (Linux; Android 13; wv) Version/4.0 Chrome/125.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/467.0;]",
            "\"Android WebView\";v=\"125\", \"Chromium\";v=\"125\"",
            "?1",
            "\"Android\"");

        Assert.Equal(new AgentInfo("Facebook app", "467", "Android", DeviceClass.Phone), read);
    }
}
