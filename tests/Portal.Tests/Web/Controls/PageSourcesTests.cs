using Microsoft.AspNetCore.Http;
using Portal.Controls;

namespace Portal.Tests.Web.Controls;

public sealed class PageSourcesTests
{
    [Fact]
    public void All_controls_of_one_response_share_them()
    {
        var http = new DefaultHttpContext();

        PageSources.Of(http).AllowScripts("https://a.example/").AllowFrames("https://b.example");

        Assert.Equal(["https://a.example/"], PageSources.Of(http).Scripts);
        Assert.Equal(["https://b.example"], PageSources.Of(http).Frames);
        Assert.Empty(PageSources.Of(new DefaultHttpContext()).Scripts);
    }

    [Theory]
    [InlineData("https://a.example; script-src *")]
    [InlineData("https://a.example, default-src *")]
    [InlineData("'unsafe-inline'")]
    [InlineData("https://a.example\r\nX: y")]
    public void A_source_cannot_smuggle_in_a_directive(string source) =>
        Assert.Throws<ArgumentException>(() => new PageSources().AllowScripts(source));
}
