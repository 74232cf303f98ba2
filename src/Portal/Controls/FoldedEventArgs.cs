namespace Portal.Controls;

/// <summary>A fold opened or closed: as <c>ontoggle</c>, which does not say which.</summary>
public sealed class FoldedEventArgs : EventArgs
{
    /// <summary>Whether it is open now.</summary>
    public bool IsOpen { get; set; }
}
