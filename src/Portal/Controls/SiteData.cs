namespace Portal.Controls;

/// <summary>What a browser keeps of this site: its storage, and what it may show again without asking, such as a picture.</summary>
internal static class SiteData
{
    /// <summary>Has the browser forget it (W3C, Clear Site Data). The cookies stay: one says why a session ended.</summary>
    public static void Clear(HttpResponse response) => response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
}
