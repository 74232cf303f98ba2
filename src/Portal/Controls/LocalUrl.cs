namespace Portal.Controls;

/// <summary>
/// Decides whether an address that came from outside stays on this site, so that a redirect to it cannot be aimed
/// elsewhere. Strict on purpose: the portal's own addresses are plain ASCII paths, and whatever a browser, a proxy or
/// a server may read in two ways is refused.
/// </summary>
internal static class LocalUrl
{
    private const int MaxLength = 2048;
    private const int MaxEncodings = 4;

    public static bool IsLocal(string? url)
    {
        if (string.IsNullOrEmpty(url) || url.Length > MaxLength || url[0] != '/')
        {
            return false;
        }

        // Browsers drop tabs and line breaks and turn a backslash into a slash; beyond ASCII lie look-alikes of both.
        if (url.Any(c => c is <= ' ' or >= '\x7f' or '\\'))
        {
            return false;
        }

        var end = url.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? url : url[..end];
        var rest = end < 0 ? "" : url[end..];
        return IsLocalPath(path) && !Uri.UnescapeDataString(rest).Any(char.IsControl);
    }

    /// <summary><paramref name="url"/> where it is local, else <paramref name="fallback"/>.</summary>
    public static string Or(string? url, string fallback) => IsLocal(url) ? url! : fallback;

    private static bool IsLocalPath(string path)
    {
        // Somebody on the way may decode once more than we do: refuse what any number of decodings uncovers.
        for (var i = 0; i <= MaxEncodings; i++)
        {
            if (path.Contains("//", StringComparison.Ordinal) || path.Any(c => c == '\\' || char.IsControl(c)))
            {
                return false;
            }

            var decoded = Uri.UnescapeDataString(path);
            if (decoded == path)
            {
                // What stays encoded is not UTF-8, for example an overlong slash.
                return !path.Contains('%') && !HasDotSegment(path);
            }

            path = decoded;
        }

        return false;
    }

    private static bool HasDotSegment(string path) => path.Split('/').Any(segment => segment is "." or "..");
}
