using Portal.Accounts.Sessions.Agents;

namespace Portal.Tests.Accounts.Sessions.Agents;

public sealed class ClientHintsTests
{
    private const string ChromeOnLinux =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    private const string ChromeOnAndroid =
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36";

    [Theory]
    [InlineData("\"Chromium\";v=\"140\", \"Google Chrome\";v=\"141\", \"Not;A=Brand\";v=\"24\"", "Chrome", "141")]
    [InlineData("\"Not;A=Brand\";v=\"99\",\"Brave\";v=\"140\",\"Chromium\";v=\"140\"", "Brave", "140")]
    [InlineData("\"Microsoft Edge\";v=\"139\", \"Not;A=Brand\";v=\"8\", \"Chromium\";v=\"139\"", "Edge", "139")]
    [InlineData("\"Opera GX\";v=\"120\", \"Not)A;Brand\";v=\"8\", \"Chromium\";v=\"135\"", "Opera GX", "120")]
    [InlineData("\"Opera\";v=\"121\", \"Chromium\";v=\"137\"", "Opera", "121")]
    [InlineData("\"Samsung Internet\";v=\"28.0\", \"Chromium\";v=\"130\"", "Samsung Internet", "28")]
    [InlineData("\"Chromium\";v=\"140\", \"YaBrowser\";v=\"25.8\", \"Not;A=Brand\";v=\"24\", \"Yowser\";v=\"2.5\"", "Yandex Browser", "25")]
    [InlineData("\"DuckDuckGo\";v=\"140\", \"Chromium\";v=\"140\", \"Microsoft Edge WebView2\";v=\"140\"", "DuckDuckGo", "140")]
    [InlineData("\"Chromium\";v=\"140\", \"HeadlessChrome\";v=\"140\", \"Not;A=Brand\";v=\"24\"", "Chrome", "140")]
    [InlineData("\"Brave\";v=\"140\";extra;more=?1;last=1.5", "Brave", "140")]
    [InlineData("\"Brave\"", "Brave", null)]
    [InlineData("\"Brave\";v=\"next\"", "Brave", null)]
    [InlineData("\"Brave\";v=\"1234567\"", "Brave", null)]
    public void A_real_brand_wins_over_engine_and_made_up_brand(string brands, string browser, string? version)
    {
        var read = AgentReader.Read(ChromeOnLinux, brands);

        Assert.Equal((browser, version), (read.Browser, read.BrowserVersion));
    }

    [Fact]
    public void Nothing_but_the_engine_is_Chromium() =>
        Assert.Equal("Chromium", AgentReader.Read(ChromeOnLinux, "\"Chromium\";v=\"140\", \"Not;A=Brand\";v=\"24\"").Browser);

    [Fact]
    public void The_engine_does_not_hide_a_browser_that_the_user_agent_names() =>
        Assert.Equal("Vivaldi", AgentReader.Read(ChromeOnLinux + " Vivaldi/7.5", "\"Chromium\";v=\"140\"").Browser);

    [Fact]
    public void A_web_view_is_the_browser_of_some_app() =>
        Assert.Equal("In-app browser", AgentReader.Read(ChromeOnLinux + " Edg/140.0", "\"Microsoft Edge WebView2\";v=\"140\", \"Chromium\";v=\"140\"").Browser);

    [Fact]
    public void Hints_suffice_without_a_user_agent() =>
        Assert.Equal(
            new AgentInfo("Chrome", "140", "macOS", DeviceClass.Desktop),
            AgentReader.Read("", "\"Google Chrome\";v=\"140\"", "?0", "\"macOS\""));

    [Theory]
    [InlineData("")]
    [InlineData("Brave")]
    [InlineData("\"Brave")]
    [InlineData("\"Brave\";v=\"140")]
    [InlineData("\"Brave\";v=")]
    [InlineData("\"Brave\";")]
    [InlineData("\"Brave\";v=\"140\",")]
    [InlineData("\"Brave\" \"Chromium\"")]
    [InlineData(",\"Brave\"")]
    [InlineData("\"Bra\\ve\", \"Brave\"")]
    [InlineData("\"Brave\", \"Bravé\"")]
    [InlineData("\"Brave\", \"\u0007\"")]
    [InlineData("\"Brave\\")]
    public void Malformed_brands_are_ignored_as_a_whole(string brands) =>
        Assert.Equal(("Chrome", "140"), (AgentReader.Read(ChromeOnLinux, brands).Browser, AgentReader.Read(ChromeOnLinux, brands).BrowserVersion));

    [Fact]
    public void A_list_of_more_than_sixteen_brands_or_1024_characters_is_ignored()
    {
        Assert.Equal("Chrome", AgentReader.Read(ChromeOnLinux, "\"Brave\"" + string.Concat(Enumerable.Repeat(",\"x\"", 16))).Browser);
        Assert.Equal("Chrome", AgentReader.Read(ChromeOnLinux, "\"Brave\", \"" + new string('x', 1024) + "\"").Browser);
        Assert.Equal("Brave", AgentReader.Read(ChromeOnLinux, "\"Brave\"" + string.Concat(Enumerable.Repeat(",\"x\"", 15))).Browser);
    }

    [Theory]
    [InlineData("\"Windows\"", "Windows")]
    [InlineData("\"macOS\"", "macOS")]
    [InlineData("\"Chrome OS\"", "ChromeOS")]
    [InlineData("\"Chromium OS\"", "ChromeOS")]
    [InlineData("\"Android\"", "Android")]
    [InlineData("\"Linux\"", "Linux")]
    [InlineData("\"Unknown\"", "Linux")]
    [InlineData("\"TempleOS\"", "Linux")]
    [InlineData("\"Windows\", \"macOS\"", "Linux")]
    [InlineData("Windows", "Linux")]
    [InlineData("\"\"", "Linux")]
    public void A_known_platform_wins_and_another_is_ignored(string platform, string os) =>
        Assert.Equal(os, AgentReader.Read(ChromeOnLinux, platform: platform).Os);

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Ubuntu; Linux x86_64) Chrome/140.0", "\"Linux\"", "Ubuntu")]
    [InlineData("Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN00) Chrome/99.0", "\"Android\"", "HarmonyOS")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Xbox) Chrome/140.0 Edg/140.0", "\"Windows\"", "Xbox")]
    public void A_platform_that_says_less_than_the_user_agent_does_not_win(string userAgent, string platform, string os) =>
        Assert.Equal(os, AgentReader.Read(userAgent, platform: platform).Os);

    [Theory]
    [InlineData(null, DeviceClass.Phone)]
    [InlineData("?1", DeviceClass.Phone)]
    [InlineData("?0", DeviceClass.Tablet)]
    [InlineData("?2", DeviceClass.Phone)]
    [InlineData("0", DeviceClass.Phone)]
    [InlineData("?0?", DeviceClass.Phone)]
    public void The_mobile_hint_tells_a_telephone_from_a_tablet(string? mobile, DeviceClass device) =>
        Assert.Equal(device, AgentReader.Read(ChromeOnAndroid, mobile: mobile).Device);

    [Fact]
    public void A_desktop_system_stays_one_whatever_the_mobile_hint_says() =>
        Assert.Equal(DeviceClass.Desktop, AgentReader.Read("", mobile: "?1", platform: "\"Windows\"").Device);
}
