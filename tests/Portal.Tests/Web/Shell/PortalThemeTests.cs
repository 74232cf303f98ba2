using Portal.Shell;

namespace Portal.Tests.Web.Shell;

public sealed class PortalThemeTests
{
    private const double Text = 4.5;
    private const double Control = 3;

    public static TheoryData<string> Appearances => ["light", "dark"];

    [Theory]
    [MemberData(nameof(Appearances))]
    public void Text_is_legible_on_everything_it_stands_on(string appearance)
    {
        var p = Of(appearance);
        string[] grounds = [p.Canvas, p.Surface, p.Sunken];
        string[] texts = [p.Ink, p.InkSoft, p.Accent, p.AccentHover, p.Warm];
        Assert.All(
            from ground in grounds from text in texts select (text, ground),
            pair => AssertAtLeast(Text, pair.text, pair.ground));
        AssertAtLeast(Text, p.Accent, p.AccentSoft);
        AssertAtLeast(Text, p.Ink, p.AccentSoft);
        AssertAtLeast(Text, p.OnAccent, p.Accent);
        AssertAtLeast(Text, p.OnAccent, p.AccentHover);
        AssertAtLeast(Text, p.OnWarm, p.Warm);
    }

    [Theory]
    [MemberData(nameof(Appearances))]
    public void A_status_is_legible_as_text_as_ground_and_in_its_box(string appearance)
    {
        var p = Of(appearance);
        (string Strong, string Soft)[] all = [(p.Info, p.InfoSoft), (p.Success, p.SuccessSoft), (p.Warning, p.WarningSoft), (p.Error, p.ErrorSoft)];
        Assert.All(all, status =>
        {
            AssertAtLeast(Text, status.Strong, p.Surface);
            AssertAtLeast(Text, status.Strong, p.Canvas);
            AssertAtLeast(Text, status.Strong, status.Soft);
            AssertAtLeast(Text, p.Ink, status.Soft);
            AssertAtLeast(Text, p.OnStatus, status.Strong);
        });
    }

    [Theory]
    [MemberData(nameof(Appearances))]
    public void Edges_of_controls_and_the_focus_ring_stand_out(string appearance)
    {
        var p = Of(appearance);
        Assert.All([p.Canvas, p.Surface, p.Sunken], ground =>
        {
            AssertAtLeast(Control, p.Edge, ground);
            AssertAtLeast(Control, p.Warm, ground);
        });
    }

    [Fact]
    public void MudBlazor_gets_the_same_colours()
    {
        Assert.Equal(PortalTheme.Light.Accent, PortalTheme.Mud.PaletteLight.Primary.ToString(MudBlazor.Utilities.MudColorOutputFormats.Hex));
        Assert.Equal(PortalTheme.Dark.Accent, PortalTheme.Mud.PaletteDark.Primary.ToString(MudBlazor.Utilities.MudColorOutputFormats.Hex));
        Assert.Equal(PortalTheme.Dark.Canvas, PortalTheme.Mud.PaletteDark.Background.ToString(MudBlazor.Utilities.MudColorOutputFormats.Hex));
    }

    private static PortalPalette Of(string appearance) => appearance == "light" ? PortalTheme.Light : PortalTheme.Dark;

    private static void AssertAtLeast(double least, string front, string back)
    {
        var contrast = Contrast.Of(front, back);
        Assert.True(contrast >= least, $"{front} on {back} is {contrast:0.00}:1");
    }
}
