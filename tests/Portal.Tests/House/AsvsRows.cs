using System.Reflection;
using System.Text.RegularExpressions;

namespace Portal.Tests.House;

/// <summary>The rows of <c>asvs.md</c>, and the tests that name them.</summary>
internal static partial class AsvsRows
{
    private static readonly string[] OtherProjects = ["Portal.BrowserTests", "Portal.SqlServerTests"];

    public static IReadOnlyList<AsvsRow> Listed() => Read(File.ReadLines(Path.Combine(SourceTree.Root, "tests", "Portal.Tests", "House", "asvs.md")));

    public static IReadOnlyList<AsvsRow> Read(IEnumerable<string> lines) =>
    [
        .. lines.Select(line => Line().Match(line)).Where(match => match.Success)
            .Select(match => new AsvsRow(match.Groups["row"].Value, match.Groups["why"].Value.Trim())),
    ];

    /// <summary>Each row that a test names. A test that is always skipped shows nothing.</summary>
    public static IReadOnlySet<string> Tested() => Here().Concat(Elsewhere()).ToHashSet();

    private static IEnumerable<string> Here() => typeof(AsvsRows).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetCustomAttribute<FactAttribute>() is { Skip: null })
        .SelectMany(method => method.GetCustomAttributes<TraitAttribute>()
            .Concat(method.ReflectedType!.GetCustomAttributes<TraitAttribute>()))
        .Where(trait => trait.Name == "ASVS")
        .Select(trait => trait.Value);

    // Those projects are not referenced, so their text is read.
    private static IEnumerable<string> Elsewhere() => SourceTree.Files("tests")
        .Where(file => OtherProjects.Any(project => file.Contains(project, StringComparison.Ordinal)))
        .SelectMany(file => Named().Matches(File.ReadAllText(file)))
        .Select(match => match.Groups["row"].Value);

    [GeneratedRegex(@"^\|\s*(?<row>\d+\.\d+\.\d+)\s*\|[^|]+\|(?<why>[^|]*)\|\s*$")]
    private static partial Regex Line();

    [GeneratedRegex("""\[Trait\("ASVS", "(?<row>[^"]+)"\)\]""")]
    private static partial Regex Named();
}

/// <param name="Number">The requirement's number.</param>
/// <param name="WhyNoTest">Why no test shows it; empty when one does.</param>
internal sealed record AsvsRow(string Number, string WhyNoTest)
{
    public string? Fault(IReadOnlySet<string> tested) => (tested.Contains(Number), WhyNoTest.Length > 0) switch
    {
        (false, false) => $"{Number} has neither a test nor a sentence in asvs.md",
        (false, true) when WhyNoTest.StartsWith("Comes with", StringComparison.Ordinal) => $"{Number} waits for what came or never will: \"{WhyNoTest}\"",
        (true, true) => $"{Number} has a test, so asvs.md need not say \"{WhyNoTest}\"",
        _ => null,
    };
}
