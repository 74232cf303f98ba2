using Bunit;
using Portal.Controls;

namespace Portal.Tests.Web.Controls;

public sealed class IconTests : BunitContext
{
    public static TheoryData<IconName> Names => [.. Enum.GetValues<IconName>()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_icon_has_a_drawing(IconName name) =>
        Assert.NotEmpty(Render<Icon>(parameters => parameters.Add(icon => icon.Name, name)).Find("svg").Children);

    [Fact]
    public void An_icon_is_silent_unless_it_stands_alone()
    {
        Assert.Equal("true", Render<Icon>().Find("svg").GetAttribute("aria-hidden"));

        var alone = Render<Icon>(parameters => parameters.Add(icon => icon.Label, "Online")).Find("svg");
        Assert.Equal("img", alone.GetAttribute("role"));
        Assert.Equal("Online", alone.GetAttribute("aria-label"));
    }
}
