using Bunit;
using Portal.Controls;

namespace Portal.Tests.Web.Controls;

public sealed class NoticeTests : BunitContext
{
    [Theory]
    [InlineData(NoticeKind.Info, "Note:")]
    [InlineData(NoticeKind.Success, "Success:")]
    [InlineData(NoticeKind.Warning, "Warning:")]
    [InlineData(NoticeKind.Error, "Error:")]
    public void A_notice_tells_its_kind_in_a_word_and_an_icon(NoticeKind kind, string word)
    {
        var notice = Render<Notice>(parameters => parameters.Add(n => n.Kind, kind).Add(n => n.Title, "Saved."));

        Assert.StartsWith(word, notice.Find(".notice p").TextContent);
        Assert.NotEmpty(notice.FindAll("svg"));
    }

    [Fact]
    public void A_notice_is_read_out_only_where_asked()
    {
        Assert.False(Render<Notice>().Find(".notice").HasAttribute("role"));
        Assert.Equal("alert", Render<Notice>(parameters => parameters.Add(n => n.Role, "alert")).Find(".notice").GetAttribute("role"));
    }
}
