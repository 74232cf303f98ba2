using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Portal.Controls;

namespace Portal.Shell;

/// <summary>What the shell must know of the page that a request matched, or of none.</summary>
/// <param name="IsPage">False for endpoints, files and addresses that match nothing.</param>
/// <param name="IsInteractive">Whether the page opens a circuit and so needs the scripts for it.</param>
/// <param name="Frame">What the page asked for, else the usual for its kind.</param>
internal readonly record struct MatchedPage(bool IsPage, bool IsInteractive, PageFrame Frame)
{
    // Asked for several times a page, and attributes are slow to read.
    private static readonly ConcurrentDictionary<Type, MatchedPage> Known = new();

    public static MatchedPage Of(HttpContext http) => Of(http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type);

    public static MatchedPage Of(Type? component) => component is null ? new MatchedPage(false, false, PageFrame.Card) : Known.GetOrAdd(component, Read);

    private static MatchedPage Read(Type component)
    {
        var interactive = component.GetCustomAttribute<RenderModeAttribute>() is not null;
        var frame = component.GetCustomAttribute<PageFrameAttribute>()?.Frame ?? (interactive ? PageFrame.Column : PageFrame.Card);
        return new MatchedPage(true, interactive, frame);
    }
}
