using Microsoft.AspNetCore.Routing;
using Portal.Testing;

namespace Portal.Tests.House;

/// <summary>The portal's own addresses: those it has, and those its papers name.</summary>
internal static class ListedAddresses
{
    /// <summary>What the framework maps, files and scripts apart; <see cref="EndpointAuthorizationTests"/> answers for that.</summary>
    private static readonly string[] Framework = ["/_blazor", "/_framework"];

    public static IEnumerable<RouteEndpoint> Of(PortalHost host) => host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => !endpoint.Metadata.Any(data => data.GetType().Name == "StaticAssetDescriptor")
            && !Framework.Any(start => PatternOf(endpoint).StartsWith(start, StringComparison.Ordinal)));

    public static string PatternOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/');

    /// <summary>The cells of each row that begins with an address in code quotes.</summary>
    public static IReadOnlyList<string[]> In(string file) =>
    [
        .. File.ReadLines(Path.Combine(SourceTree.Root, file))
            .Where(line => line.StartsWith("| `/", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => cells.Select((cell, index) => index == 0 ? cell.Trim('`') : cell).ToArray()),
    ];
}
