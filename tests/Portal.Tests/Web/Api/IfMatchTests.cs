using Microsoft.AspNetCore.Http;
using Portal.Api;

namespace Portal.Tests.Web.Api;

public sealed class IfMatchTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("*", null)]
    [InlineData("\"now\"", "now")]
    [InlineData("\"old\"", "old")]
    [InlineData("\"old\", \"now\"", "now")]
    [InlineData("\"now\",\"old\"", "now")]
    [InlineData("\"old\", \"older\"", "old")]
    [InlineData("W/\"now\"", "W/\"now\"")]
    [InlineData("W/\"now\", \"old\"", "old")]
    [InlineData("*, \"now\"", "*, \"now\"")]
    [InlineData("*, *", "*, *")]
    [InlineData("now", "now")]
    [InlineData("\"now", "\"now")]
    [InlineData("\"old\", now", "\"old\", now")]
    public async Task A_condition_is_met_by_what_it_names_strongly_and_by_nothing_else(string? header, string? version)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.IfMatch = header;

        Assert.Equal(version, await IfMatch.ReadAsync(http.Request, () => Task.FromResult<string?>("now")));
    }

    [Fact]
    public async Task Several_lines_are_one_list_and_what_is_gone_is_none_of_it()
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.IfMatch = new(["\"old\"", "\"now\""]);

        Assert.Equal("now", await IfMatch.ReadAsync(http.Request, () => Task.FromResult<string?>("now")));
        Assert.Equal("old", await IfMatch.ReadAsync(http.Request, () => Task.FromResult<string?>(null)));
    }
}
