using MudBlazor;

namespace Portal.Shell;

/// <summary>The one source of the portal's look: warm paper and deep pine by day, pine and pale jade by night.</summary>
internal static class PortalTheme
{
    public const string Radius = "10px";

    public static readonly string[] TextFonts =
        ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "Arial", "sans-serif"];

    public static readonly string[] HeadingFonts =
        ["Iowan Old Style", "Palatino Linotype", "Palatino", "P052", "URW Palladio L", "Noto Serif", "Georgia", "serif"];

    public static readonly PortalPalette Light = new()
    {
        Canvas = "#f4f1ea",
        Surface = "#fffefb",
        Sunken = "#eae6db",
        Line = "#ddd7c9",
        Edge = "#817b6c",
        Ink = "#1b2526",
        InkSoft = "#4f5a59",
        Accent = "#0e5a57",
        AccentHover = "#0a4442",
        AccentSoft = "#dcebe5",
        OnAccent = "#ffffff",
        Warm = "#a84d0c",
        OnWarm = "#ffffff",
        Info = "#1c5884",
        InfoSoft = "#e2ecf4",
        Success = "#1f6437",
        SuccessSoft = "#e0efe2",
        Warning = "#7f4c00",
        WarningSoft = "#faeed3",
        Error = "#a3262a",
        ErrorSoft = "#fae5e2",
        OnStatus = "#ffffff",
        Shadow = "0 1px 2px rgb(27 37 38 / .05), 0 12px 32px -12px rgb(27 37 38 / .18)",
    };

    public static readonly PortalPalette Dark = new()
    {
        Canvas = "#101718",
        Surface = "#182122",
        Sunken = "#0b1112",
        Line = "#2a3637",
        Edge = "#728182",
        Ink = "#e7ebe7",
        InkSoft = "#a8b4b1",
        Accent = "#78cdbf",
        AccentHover = "#97dccf",
        AccentSoft = "#1b3936",
        OnAccent = "#06201e",
        Warm = "#efb26b",
        OnWarm = "#2a1700",
        Info = "#8ac0ea",
        InfoSoft = "#172c3c",
        Success = "#86d09a",
        SuccessSoft = "#163121",
        Warning = "#efc063",
        WarningSoft = "#362a0f",
        Error = "#ff9f97",
        ErrorSoft = "#40201f",
        OnStatus = "#0b1112",
        Shadow = "0 1px 2px rgb(0 0 0 / .4), 0 16px 40px -12px rgb(0 0 0 / .6)",
    };

    public static MudTheme Mud { get; } = new()
    {
        PaletteLight = Fill(new PaletteLight(), Light),
        PaletteDark = Fill(new PaletteDark(), Dark),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = Radius },
        Typography = Typography(),
    };

    private static T Fill<T>(T mud, PortalPalette ours)
        where T : Palette
    {
        mud.Primary = mud.AppbarText = ours.Accent;
        mud.Secondary = mud.Tertiary = ours.Warm;
        (mud.Info, mud.Success, mud.Warning, mud.Error) = (ours.Info, ours.Success, ours.Warning, ours.Error);
        mud.PrimaryContrastText = ours.OnAccent;
        mud.SecondaryContrastText = mud.TertiaryContrastText = ours.OnWarm;
        mud.InfoContrastText = mud.SuccessContrastText = mud.WarningContrastText = mud.ErrorContrastText = ours.OnStatus;
        mud.Dark = ours.Ink;
        mud.DarkContrastText = ours.Surface;
        mud.Background = ours.Canvas;
        mud.BackgroundGray = ours.Sunken;
        mud.Surface = mud.AppbarBackground = mud.DrawerBackground = ours.Surface;
        mud.TextPrimary = mud.DrawerText = ours.Ink;
        mud.TextSecondary = mud.ActionDefault = mud.DrawerIcon = ours.InkSoft;
        mud.TextDisabled = mud.ActionDisabled = mud.GrayDefault = ours.Edge;
        mud.ActionDisabledBackground = mud.TableStriped = mud.TableHover = ours.Sunken;
        mud.LinesInputs = ours.Edge;
        mud.LinesDefault = mud.TableLines = mud.Divider = mud.DividerLight = mud.Skeleton = ours.Line;
        return mud;
    }

    private static Typography Typography()
    {
        var typography = new Typography();
        BaseTypography[] headings = [typography.H1, typography.H2, typography.H3, typography.H4, typography.H5, typography.H6];
        BaseTypography[] texts =
        [
            typography.Default, typography.Subtitle1, typography.Subtitle2, typography.Body1, typography.Body2,
            typography.Button, typography.Caption, typography.Overline,
        ];
        Array.ForEach(headings, heading => (heading.FontFamily, heading.FontWeight) = (HeadingFonts, "600"));
        Array.ForEach(texts, text => text.FontFamily = TextFonts);
        typography.Button.TextTransform = "none";
        typography.Button.FontWeight = "600";
        return typography;
    }
}
