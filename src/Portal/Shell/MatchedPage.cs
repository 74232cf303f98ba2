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
    public static MatchedPage Of(HttpContext http) => Of(http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type);

    public static MatchedPage Of(Type? component)
    {
        var interactive = component?.GetCustomAttribute<RenderModeAttribute>() is not null;
        var frame = component?.GetCustomAttribute<PageFrameAttribute>()?.Frame ?? (interactive ? PageFrame.Column : PageFrame.Card);
        return new MatchedPage(component is not null, interactive, frame);
    }
}
