namespace Portal.Controls;

/// <summary>How much a button asks for: one primary a page, danger for what cannot be undone, quiet beside another.</summary>
public enum ButtonKind
{
    Primary,
    Secondary,
    Danger,
    Quiet,
}
