namespace Portal.Controls;

/// <summary>What the portal calls itself and where it is reached.</summary>
/// <param name="Name">Shown in the bar, the titles and the footer.</param>
/// <param name="PublicUrl">Absolute; its scheme decides whether browsers are held to HTTPS.</param>
internal sealed record Site(string Name, Uri PublicUrl)
{
    public bool IsSecure => PublicUrl.Scheme == Uri.UriSchemeHttps;
}
