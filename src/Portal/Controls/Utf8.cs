using Microsoft.Net.Http.Headers;

namespace Portal.Controls;

/// <summary>The one encoding that is read here. What a request claims of its body is other people's text.</summary>
internal static class Utf8
{
    // US-ASCII is a part of it; the first is how many write it.
    private static readonly string[] Names = ["utf8", "utf-8", "us-ascii"];

    /// <summary>Whether a request's body is in UTF-8, or says nothing of it, which means the same.</summary>
    public static bool IsMeantBy(HttpRequest request) =>
        !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        || HeaderUtilities.RemoveQuotes(type.Charset) is not { Length: > 0 } charset
        || Names.Any(name => charset.Equals(name, StringComparison.OrdinalIgnoreCase));
}
