namespace Portal.Controls;

/// <summary>
/// What a page needs beyond this site, asked for while it renders and put into its Content-Security-Policy. A page
/// that asks for nothing gets the strictest one. Lives for one response.
/// </summary>
internal sealed class PageSources
{
    private readonly SortedSet<string> _scripts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _frames = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _connections = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _formTargets = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Scripts => _scripts;
    public IReadOnlyCollection<string> Frames => _frames;
    public IReadOnlyCollection<string> Connections => _connections;
    public IReadOnlyCollection<string> FormTargets => _formTargets;
    public bool InlineStyleElements { get; private set; }

    /// <summary>Those of this response. Ask before the first byte leaves, so in <c>OnInitialized</c> at the latest.</summary>
    public static PageSources Of(HttpContext http)
    {
        if (http.Features.Get<PageSources>() is not { } sources)
        {
            http.Features.Set(sources = new PageSources());
        }

        return sources;
    }

    public PageSources AllowScripts(string source) => Add(_scripts, source);

    public PageSources AllowFrames(string source) => Add(_frames, source);

    public PageSources AllowConnections(string source) => Add(_connections, source);

    /// <summary>Chromium holds the redirects after a form post to this list too: an external provider must be named.</summary>
    public PageSources AllowFormTarget(string source) => Add(_formTargets, source);

    /// <summary>For components that write a style element of their own, as MudBlazor's charts do.</summary>
    public PageSources AllowInlineStyleElements()
    {
        InlineStyleElements = true;
        return this;
    }

    private PageSources Add(SortedSet<string> sources, string source)
    {
        // A source comes from settings; a separator in it would add a directive.
        if (source.Any(c => c is <= ' ' or >= '\x7f' or ';' or ',' or '\''))
        {
            throw new ArgumentException($"'{source}' is not a single origin or address.", nameof(source));
        }

        sources.Add(source);
        return this;
    }
}
