using Portal.Accounts.Sessions.Agents;

namespace Portal.Tests.Accounts.Sessions.Agents;

public sealed class AgentInfoTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0", "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64)", "Unknown browser on Windows")]
    [InlineData("Firefox/143.0", "Firefox on an unknown system")]
    [InlineData("", "Unknown browser on an unknown system")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("Wget/1.21.4 (linux-gnu)", "Wget on Linux")]
    [InlineData("Googlebot/2.1 (Linux; Android 6.0.1)", "Googlebot")]
    [InlineData("example-bot/1.0", "Unknown bot")]
    public void A_description_is_words(string userAgent, string words) =>
        Assert.Equal(words, AgentReader.Read(userAgent).Describe());
}
