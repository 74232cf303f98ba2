using System.Text.RegularExpressions;

namespace Portal.Tests.House;

/// <summary>What documents show of C# is code that compiles.</summary>
public sealed partial class DocumentedSamplesTests
{
    public static TheoryData<string> Documents => [.. DocumentedSamples.Documents];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_sample_compiles(string document) => Assert.Empty(DocumentedSamples.Of(document).Faults);

    [Fact]
    public void What_a_site_may_add_and_the_kit_have_samples() =>
        Assert.Superset(new HashSet<string> { DocumentedSamples.Extensions, DocumentedSamples.Kit }, DocumentedSamples.Documents.ToHashSet());

    [Fact]
    public void Whatever_a_site_may_add_by_code_has_a_sample()
    {
        var lines = File.ReadAllLines(Path.Combine(SourceTree.Root, DocumentedSamples.Extensions));
        var named = lines.Where(line => line.StartsWith('|')).SelectMany(row => Door().Matches(row)).Select(match => match.Value).ToList();

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, door => !lines.Any(line => line.Contains($": {door}", StringComparison.Ordinal) || line.Contains($"({door} ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("services.AddSingletons<object>();", "trial.md(4,10): error CS1061")]
    [InlineData("sealed class Mine : Portal.Accounts.Mail.IMailWriter;", "trial.md(4,42): error CS0234")]
    [InlineData("sealed class Mine { Portal.Accounts.Data.PortalDbContext? context = null; }", "trial.md(4,42): error CS0122")]
    [InlineData("string nothing = null;", "trial.md(4,18): warning CS8600")]
    public void What_does_not_compile_is_told_with_its_line(string sample, string told) =>
        Assert.Contains(new DocumentedSamples("trial.md", ["# A trial", "", "```csharp", sample, "```"]).Faults, fault => fault.StartsWith(told, StringComparison.Ordinal));

    [Fact]
    public void What_stands_in_a_list_is_compiled_too() =>
        Assert.StartsWith("trial.md(3,12): error CS1061", Assert.Single(new DocumentedSamples("trial.md", ["- A point", "  ```csharp", "  services.AddSingletons<object>();", "  ```"]).Faults));

    [GeneratedRegex(@"(?<=`)I[A-Z][A-Za-z]+")]
    private static partial Regex Door();
}
