namespace Portal.Shell;

/// <summary>
/// The colours of one appearance, as CSS hex colours. Both style sheets are made from it, so a page of ours and a
/// MudBlazor component always agree. Which pairs must reach which contrast is held by a test.
/// </summary>
internal sealed record PortalPalette
{
    /// <summary>Behind everything.</summary>
    public required string Canvas { get; init; }
    /// <summary>Cards, inputs, the bar.</summary>
    public required string Surface { get; init; }
    /// <summary>What lies a step lower: hovered rows, the rail of the theme switch.</summary>
    public required string Sunken { get; init; }
    /// <summary>Lines that only decorate.</summary>
    public required string Line { get; init; }
    /// <summary>Lines that tell where a control ends; 3:1.</summary>
    public required string Edge { get; init; }
    public required string Ink { get; init; }
    public required string InkSoft { get; init; }
    public required string Accent { get; init; }
    public required string AccentHover { get; init; }
    /// <summary>The chosen item of a list.</summary>
    public required string AccentSoft { get; init; }
    public required string OnAccent { get; init; }
    /// <summary>The ring around what has the focus, and the one warm tone.</summary>
    public required string Warm { get; init; }
    public required string OnWarm { get; init; }
    public required string Info { get; init; }
    public required string InfoSoft { get; init; }
    public required string Success { get; init; }
    public required string SuccessSoft { get; init; }
    public required string Warning { get; init; }
    public required string WarningSoft { get; init; }
    public required string Error { get; init; }
    public required string ErrorSoft { get; init; }
    /// <summary>Text on a filled status colour.</summary>
    public required string OnStatus { get; init; }
    /// <summary>A whole CSS shadow.</summary>
    public required string Shadow { get; init; }
}
