using System.Text;
using Portal.Accounts.Sessions.Agents;

namespace Portal.Tests.Accounts.Sessions.Agents;

/// <summary>The user agent is whatever a client likes to send; it is stored, shown, mailed and logged.</summary>
public sealed class HostileAgentTests
{
    private static readonly AgentInfo _unknown = new(AgentInfo.Unknown, null, AgentInfo.Unknown, DeviceClass.Unknown);

    private static readonly HashSet<string> _names =
    [
        AgentInfo.Unknown, "Unknown bot",
        .. BrowserTable.Apps.Select(rule => rule.Name), .. BrowserTable.Browsers.Select(rule => rule.Name),
        .. RobotTable.Bots.Select(rule => rule.Name), .. RobotTable.Tools.Select(rule => rule.Name),
        .. SystemTable.Systems.Select(rule => rule.Name),
        .. ClientHints.Known.Select(brand => brand.Name), .. ClientHints.Engines.Select(brand => brand.Name),
    ];

    public static TheoryData<string> Nonsense =>
    [
        "", " ", "\0", "\r\n\r\n", "()", "((((((((((", "))))", ";;;;", "////", "\"", "\\", "-", "Mozilla/5.0", "Mozilla/5.0 ()",
        "😀😀😀", "\ud83d", "Ünïcödé/1", "'; DROP TABLE Sessions; --", "<script>alert(1)</script>", "=HYPERLINK(\"https://evil.example\")",
        "%0d%0aSet-Cookie: a=b", new string('a', 10_000), new string('(', 10_000), new string('/', 10_000), new string('\n', 10_000),
    ];

    [Theory]
    [InlineData(null)]
    [MemberData(nameof(Nonsense))]
    public void Nonsense_is_unknown(string? userAgent) =>
        Assert.Equal(_unknown, AgentReader.Read(userAgent, userAgent, userAgent, userAgent));

    [Fact]
    [Trait("ASVS", "16.4.1")]
    public void Line_breaks_and_control_characters_never_reach_a_result()
    {
        var read = AgentReader.Read("Firefox/1\r\n2026-01-01 user admin signed in\u001b[2J (Windows\u0000NT 10.0\r\n)", "\"Bra\r\nve\"", "?1\r\n", "\"Win\ndows\"");

        Assert.Equal(new AgentInfo("Firefox", "1", "Windows", DeviceClass.Desktop), read);
    }

    [Fact]
    public void Only_the_first_1024_characters_are_read()
    {
        const string browser = " Firefox/143";

        Assert.Equal("143", AgentReader.Read(new string(' ', 1024 - browser.Length) + browser).BrowserVersion);
        Assert.Equal(AgentInfo.Unknown, AgentReader.Read(new string(' ', 1024) + browser).Browser);
    }

    [Fact]
    public void A_version_that_was_cut_off_is_not_told()
    {
        const string browser = " Firefox/14";

        Assert.Equal(("Firefox", null), Read(new string(' ', 1024 - browser.Length) + browser + "3"));
        Assert.Equal(("Firefox", "14"), Read(new string(' ', 1024 - browser.Length) + browser));

        static (string, string?) Read(string userAgent) => (AgentReader.Read(userAgent).Browser, AgentReader.Read(userAgent).BrowserVersion);
    }

    [Theory]
    [InlineData("Firefox/99999", "99999")]
    [InlineData("Firefox/100000", null)]
    [InlineData("Firefox/", null)]
    [InlineData("Firefox/-1", null)]
    [InlineData("Firefox/x140", null)]
    [InlineData("Firefox/١٢٣", null)]
    [InlineData("Firefox/１２３", null)]
    public void A_version_is_one_to_five_plain_digits(string userAgent, string? version) =>
        Assert.Equal(version, AgentReader.Read(userAgent).BrowserVersion);

    [Theory]
    [InlineData("NotChrome/5")]
    [InlineData("XChrome/5 ChromeX/6 9Firefox/7")]
    public void A_name_inside_another_name_does_not_count(string userAgent) =>
        Assert.Equal(_unknown, AgentReader.Read(userAgent));

    [Fact]
    public void Every_name_of_the_tables_is_plain_and_at_most_forty_characters() =>
        Assert.All(_names, name => Assert.Matches("^[A-Za-z0-9. -]{1,40}$", name));

    [Fact]
    public void Every_line_of_the_tables_can_be_reached_by_its_own_marker()
    {
        foreach (var rule in BrowserTable.Apps.Concat(BrowserTable.Browsers).Concat(RobotTable.Tools))
        {
            var read = AgentReader.Read($"{rule.Marker} {rule.Also}");

            Assert.True(rule.Name == read.Browser, $"{rule.Marker} reads as {read.Browser}, not as {rule.Name}.");
        }
    }

    [Fact]
    public void Whatever_is_sent_the_answer_is_a_name_of_ours_and_digits()
    {
        var random = new Random(20_260_806);
        string[] words =
        [
            .. BrowserTable.Apps.Select(rule => rule.Marker), .. BrowserTable.Browsers.Select(rule => rule.Marker),
            .. RobotTable.Tools.Select(rule => rule.Marker), .. SystemTable.Systems.Select(rule => rule.Marker),
            .. ClientHints.Known.Select(brand => $"\"{brand.Brand}\";v=\"12\", "), .. ClientHints.Engines.Select(brand => $"\"{brand.Brand}\""),
            "Mobile", "Tablet", "bot", "cubot", "spider", "?0", "?1", "\"Windows\"", "\r\n", "\0", "😀", "123456", "42", ";v=", "\\", ",", " ",
        ];

        for (var round = 0; round < 20_000; round++)
        {
            var (agent, brands, mobile, platform) = (Text(), Text(), Text(), Text());

            var read = AgentReader.Read(agent, brands, mobile, platform);

            var sent = $"{agent} | {brands} | {mobile} | {platform}";
            Assert.True(_names.Contains(read.Browser) && _names.Contains(read.Os), sent);
            Assert.True(read.BrowserVersion is null || (read.BrowserVersion.Length is >= 1 and <= 5 && read.BrowserVersion.All(char.IsAsciiDigit)), sent);
            Assert.True(Enum.IsDefined(read.Device), sent);
            Assert.True(read.Describe() is { Length: <= 100 } described && !described.Any(char.IsControl), sent);
        }

        string Text()
        {
            var text = new StringBuilder();
            for (var parts = random.Next(12); parts > 0; parts--)
            {
                _ = random.Next(4) switch
                {
                    0 => text.Append((char)random.Next(char.MaxValue)),
                    1 => text.Append((char)random.Next(128), random.Next(1, 4)),
                    2 => text.Append(random.Next(200_000)),
                    _ => text.Append(words[random.Next(words.Length)]),
                };
            }

            return random.Next(50) == 0 ? string.Concat(Enumerable.Repeat(text, 40)) : text.ToString();
        }
    }
}
