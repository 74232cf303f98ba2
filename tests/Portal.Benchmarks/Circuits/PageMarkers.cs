using System.Text.RegularExpressions;

namespace Portal.Benchmarks.Circuits;

/// <summary>What a page carries for the circuit that it is about to open.</summary>
/// <param name="Components">The descriptors of its interactive roots, as JSON.</param>
/// <param name="State">What was kept from rendering it on the server; empty for nothing.</param>
internal sealed partial record PageMarkers(IReadOnlyList<string> Components, string State)
{
    /// <exception cref="InvalidDataException">The page opens no circuit.</exception>
    public static PageMarkers Of(string html)
    {
        var components = Roots().Matches(html).Select(root => root.Groups["json"].Value).Where(json => json.Contains("\"type\":\"server\"", StringComparison.Ordinal)).ToList();
        return components.Count > 0
            ? new PageMarkers(components, KeptState().Match(html).Groups["state"].Value)
            : throw new InvalidDataException("The page opens no circuit: " + html[..Math.Min(html.Length, 300)]);
    }

    /// <summary>The operations by which a browser asks for these roots.</summary>
    public string ToOperations() => $$"""
        {"batchId":1,"operations":[{{string.Join(',', Components.Select((json, at) =>
            FormattableString.Invariant($$"""{"type":"add","ssrComponentId":{{at + 1}},"marker":{{json}}}""")))}}]}
        """;

    [GeneratedRegex("<!--Blazor:(?<json>\\{.*?\\})-->")]
    private static partial Regex Roots();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^>]*?)-->")]
    private static partial Regex KeptState();
}
