namespace Portal.Controls;

/// <summary>The room a page takes in the shell.</summary>
public enum PageFrame
{
    /// <summary>A centred card of at most 440 px; what static pages get unless they say otherwise.</summary>
    Card,

    /// <summary>One column of at most 960 px; what interactive pages get unless they say otherwise.</summary>
    Column,

    /// <summary>The whole width, for grids.</summary>
    Wide,
}

/// <summary>
/// Says which <see cref="PageFrame"/> a page wants. Pages cannot name a layout themselves, because the layouts stand
/// on the floor above them.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PageFrameAttribute(PageFrame frame) : Attribute
{
    public PageFrame Frame { get; } = frame;
}
