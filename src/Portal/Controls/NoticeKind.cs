namespace Portal.Controls;

/// <summary>What a <see cref="Notice"/> is about; each kind has its own icon and its own first word for screen readers.</summary>
public enum NoticeKind
{
    Info,
    Success,
    Warning,
    Error,
}
