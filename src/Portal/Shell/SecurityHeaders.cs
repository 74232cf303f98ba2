using Portal.Controls;

namespace Portal.Shell;

/// <summary>
/// Puts the protective headers on every response, just before it leaves, when the matched page and what it asked for
/// are known.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, Site site)
{
    private const string EnhancedNavigation = "blazor-enhanced-nav";

    private const string Permissions =
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        + "microphone=(), midi=(), payment=(), usb=(), publickey-credentials-create=(self), publickey-credentials-get=(self)";

    public Task InvokeAsync(HttpContext http)
    {
        http.Response.OnStarting(() =>
        {
            Write(http);
            return Task.CompletedTask;
        });
        return next(http);
    }

    /// <summary>The Content-Security-Policy of a page.</summary>
    public static string ContentPolicy(MatchedPage page, PageSources sources)
    {
        List<string> directives =
        [
            "default-src 'none'",
            Directive("script-src 'self'", sources.Scripts),
            sources.InlineStyleElements ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            Directive("connect-src 'self'", sources.Connections),
            Directive("form-action 'self'", sources.FormTargets),
            "object-src 'none'",
            "frame-ancestors 'none'",
            // The client of a circuit finds its hub through the base element; no other page has one.
            page.IsInteractive ? "base-uri 'self'" : "base-uri 'none'",
        ];
        if (page.IsInteractive)
        {
            // MudBlazor places and sizes with style attributes; style elements stay forbidden.
            directives.Add("style-src-attr 'unsafe-inline'");
        }

        if (sources.Frames.Count > 0)
        {
            directives.Add(Directive("frame-src", sources.Frames));
        }

        return string.Join("; ", directives);
    }

    private static string Directive(string start, IReadOnlyCollection<string> sources) =>
        sources.Count == 0 ? start : $"{start} {string.Join(' ', sources)}";

    private void Write(HttpContext http)
    {
        var headers = http.Response.Headers;
        var page = MatchedPage.Of(http);
        if (page.IsPage || headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = ContentPolicy(page, PageSources.Of(http));
            // Older browsers know only this one; the framework would write a laxer value.
            headers.XFrameOptions = "DENY";
        }

        headers.XContentTypeOptions = "nosniff";
        // Not no-referrer: browsers would then send "Origin: null" with our own forms.
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Files and style sheets have said how long they may be kept; what says nothing is nobody's to keep.
        if (page.IsPage || headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }

        if (site.IsSecure)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        if (!page.IsInteractive)
        {
            // Told so, the browser loads a static page whole instead of merging it into an interactive one, whose
            // policy and scripts it would inherit.
            headers.Remove(EnhancedNavigation);
        }
    }
}
