using Portal.Testing;

namespace Portal.BrowserTests;

/// <summary>A browser on a system, and what the portal calls it.</summary>
/// <param name="Words">As the sessions page writes it.</param>
/// <param name="UserAgent">What it sends.</param>
public sealed record Device(string Words, string UserAgent)
{
    public static readonly Device Chrome = new("Chrome on Linux", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36");

    public static readonly Device Firefox = new("Firefox on Linux", PortalHost.Firefox);

    public static readonly Device Edge = new("Edge on Windows", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0");

    public static readonly Device Safari = new("Safari on macOS", "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15");

    public static readonly Device Phone = new("Safari on iOS", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1");

    public override string ToString() => Words;
}
