namespace Portal.Benchmarks.Servers;

/// <summary>The comparable addresses of a site.</summary>
/// <param name="SignIn">The sign-in page.</param>
/// <param name="File">A small file that everybody may fetch: the same endpoint kind everywhere.</param>
/// <param name="Page">A page without a circuit that everybody may see.</param>
/// <param name="Live">A page with a circuit.</param>
internal sealed record SitePaths(string SignIn, string File, string Page, string Live)
{
    public static SitePaths Portal { get; } = new(PortalUrls.SignInPath, "/favicon.svg", PortalUrls.SignedOutPath, PortalUrls.SessionsPath);

    public static SitePaths Stock { get; } = new("/Account/Login", "/favicon.png", "/", "/counter");
}
