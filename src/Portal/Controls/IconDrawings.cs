namespace Portal.Controls;

/// <summary>The insides of the icons, drawn on a 24 by 24 grid with strokes only; weight and colour come from the style sheet.</summary>
internal static class IconDrawings
{
    public static string Of(IconName name) => name switch
    {
        IconName.Desktop => """<rect x="3" y="4" width="18" height="12" rx="1.5"/><path d="M12 16v4M8 20h8"/>""",
        IconName.Phone => """<rect x="7" y="2.5" width="10" height="19" rx="2"/><path d="M11 18.5h2"/>""",
        IconName.Tablet => """<rect x="4.5" y="3" width="15" height="18" rx="2"/><path d="M10.5 18h3"/>""",
        IconName.Tv => """<rect x="2.5" y="7" width="19" height="12" rx="1.5"/><path d="m8 3 4 4 4-4M7 21.5h10"/>""",
        IconName.Console => """<path d="M7.5 7h9a4.5 4.5 0 0 1 4.4 3.7l.9 4.9a2.3 2.3 0 0 1-4.1 1.8L15.5 15h-7l-2.2 2.4a2.3 2.3 0 0 1-4.1-1.8l.9-4.9A4.5 4.5 0 0 1 7.5 7zM8.5 9.5v3M7 11h3M15.5 11h.01M17.5 12.5h.01"/>""",
        IconName.Bot => """<rect x="4" y="8" width="16" height="11" rx="3"/><path d="M12 8V4M10 4h4M9 13h.01M15 13h.01M9.5 16h5M2 12.5v2M22 12.5v2"/>""",
        IconName.Tool => """<rect x="3" y="4" width="18" height="16" rx="2"/><path d="m7 9 3 3-3 3M12.5 15.5H17"/>""",
        IconName.Unknown => """<circle cx="12" cy="12" r="9"/><path d="M9.3 9.5a2.8 2.8 0 1 1 4.3 2.4c-1 .6-1.6 1.2-1.6 2.1M12 17h.01"/>""",
        IconName.Check => """<circle cx="12" cy="12" r="9"/><path d="m8 12.3 2.7 2.7L16 9.5"/>""",
        IconName.Warning => """<path d="M10.4 4.3 2.8 17.6A1.850 1.850 0 0 0 4.4 20.4h15.2a1.850 1.850 0 0 0 1.6-2.8L13.6 4.3a1.850 1.850 0 0 0-3.2 0zM12 9.5v4M12 17h.01"/>""",
        IconName.Error => """<path d="M8.2 3h7.6L21 8.2v7.6L15.8 21H8.2L3 15.8V8.2zM12 8v4.5M12 16h.01"/>""",
        IconName.Info => """<circle cx="12" cy="12" r="9"/><path d="M12 11.5V16M12 8h.01"/>""",
        IconName.Sun => """<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"/>""",
        IconName.Moon => """<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"/>""",
        IconName.System => """<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5v17"/><path class="icon-fill" d="M12 3.5a8.5 8.5 0 0 1 0 17z"/>""",
        IconName.Menu => """<path d="M4 7h16M4 12h16M4 17h16"/>""",
        IconName.User => """<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>""",
        IconName.SignOut => """<path d="M10 3.5H6A1.5 1.5 0 0 0 4.5 5v14A1.5 1.5 0 0 0 6 20.5h4M10 12h10.5M16.5 8l4 4-4 4"/>""",
        IconName.Shield => """<path d="M12 2.8 4.5 5.6V11c0 4.7 3 8.3 7.5 10.2 4.5-1.9 7.5-5.5 7.5-10.2V5.6z"/><path d="m8.8 11.8 2.3 2.3 4.1-4.3"/>""",
        IconName.Mail => """<rect x="2.5" y="5" width="19" height="14" rx="2"/><path d="m3 7 9 6.5L21 7"/>""",
        IconName.Clock => """<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.5 2"/>""",
        IconName.Location => """<path d="M12 21.5s7-6 7-11.5a7 7 0 1 0-14 0c0 5.5 7 11.5 7 11.5z"/><circle cx="12" cy="10" r="2.5"/>""",
        IconName.Eye => """<path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12z"/><circle cx="12" cy="12" r="3"/><path class="icon-slash" d="M4 20 20 4"/>""",
        IconName.Key => """<circle cx="7.5" cy="15.5" r="4.5"/><path d="m10.8 12.2 9.7-9.7M16 7l3 3M13.5 9.5l2 2"/>""",
        IconName.Link => """<path d="M10 14a4.5 4.5 0 0 0 6.4 0l3.3-3.3a4.5 4.5 0 0 0-6.4-6.4L12 5.6M14 10a4.5 4.5 0 0 0-6.4 0l-3.3 3.3a4.5 4.5 0 0 0 6.4 6.4l1.3-1.3"/>""",
        IconName.History => """<path d="M3.5 12A8.5 8.5 0 1 0 6 6L3.5 8.5M3.5 3.5v5h5M12 7.5v5l3.2 1.8"/>""",
        IconName.Lock => """<rect x="4.5" y="10.5" width="15" height="10.5" rx="2"/><path d="M8 10.5V7a4 4 0 0 1 8 0v3.5M12 15v2"/>""",
        IconName.Home => """<path d="m3 11 9-7.5 9 7.5M5.5 9.5V20.5h13V9.5M10 20.5v-6h4v6"/>""",
        IconName.People => """<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5a6.5 6.5 0 0 1 13 0M16 5.3a3.5 3.5 0 0 1 0 6.4M18 14.5a6.5 6.5 0 0 1 3.5 5"/>""",
        IconName.Tag => """<path d="M3.5 12.2V4.5a1 1 0 0 1 1-1h7.7l8.3 8.3a1 1 0 0 1 0 1.4l-7.3 7.3a1 1 0 0 1-1.4 0zM8 8h.01"/>""",
        IconName.Globe => """<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c2.8 2.6 4 5.7 4 9s-1.2 6.4-4 9c-2.8-2.6-4-5.7-4-9s1.2-6.4 4-9z"/>""",
        IconName.Chevron => """<path d="m7 10 5 5 5-5"/>""",
        IconName.More => """<path d="M12 5.5h.01M12 12h.01M12 18.5h.01" stroke-width="3"/>""",
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no drawing for this icon."),
    };
}
