namespace Portal.Accounts;

/// <summary>What the portal is called and where it lives, section <c>Portal</c>.</summary>
public sealed class PortalOptions
{
    /// <summary>The configuration section these options are bound from.</summary>
    public const string Section = "Portal";

    /// <summary>
    /// The address people reach the portal at, the base of every link in a mail. Never taken from a request's Host
    /// header. Default http://localhost:5080; https makes every cookie secure.
    /// </summary>
    public Uri PublicUrl { get; set; } = new("http://localhost:5080");

    /// <summary>The name in titles, mails and authenticator apps. Default "Portal"; 1 to 60 characters.</summary>
    public string SiteName { get; set; } = "Portal";

    /// <summary>
    /// The folder below which the portal writes everything it keeps in files. Default ".data". A relative path starts at
    /// the repository's root in development and beside the binary when published. Made for the portal's own user alone; one
    /// that is there keeps its rights, and a start in Production warns where others may look in.
    /// </summary>
    public string DataDirectory { get; set; } = ".data";

    /// <summary>Whether people reach the portal over TLS, so that cookies may only travel so.</summary>
    public bool IsSecure => PublicUrl.Scheme == Uri.UriSchemeHttps;

    /// <summary>An absolute address on this portal, for mails and printed links.</summary>
    /// <param name="pathAndQuery">A path that begins with a slash, with its query, already encoded.</param>
    public string AbsoluteUrl(string pathAndQuery) => PublicUrl.ToString().TrimEnd('/') + pathAndQuery;
}
