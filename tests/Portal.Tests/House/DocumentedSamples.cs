using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Portal.Tests.House;

/// <summary>The C# of a document. Without the prose it is one file: usings, then statements, then types.</summary>
/// <remarks>Statements have <c>services</c> in reach, as those in <c>SiteServices</c> do. A line is where it is in the document.</remarks>
internal sealed class DocumentedSamples
{
    public const string Extensions = "src/Portal.Accounts/README.md";
    public const string Kit = "tests/Portal.Testing/README.md";

    private const string Reach = "Reach";
    private const string Fence = "```";

    /// <summary>What a project has without saying so.</summary>
    private static readonly string[] PlainUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    /// <summary>Likewise one of a site, as the portal's own is.</summary>
    private static readonly string[] WebUsings =
    [
        .. PlainUsings, "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.Routing", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    private static readonly Lazy<IReadOnlyList<MetadataReference>> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file)),
    ]);

    private readonly CSharpCompilation compilation;

    public DocumentedSamples(string document, IEnumerable<string> lines)
    {
        var usings = document.StartsWith("tests/", StringComparison.Ordinal) ? PlainUsings : WebUsings;
        var given = $$"""
            {{string.Concat(usings.Select(name => $"global using {name};\n"))}}
            global using static {{Reach}};
            public static class {{Reach}} { public static Microsoft.Extensions.DependencyInjection.IServiceCollection services = null!; }
            """;
        var written = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(Code(lines, "csharp"), path: document).GetRoot();
        compilation = CSharpCompilation.Create(
            $"Samples.{document.Replace('/', '.')}",
            [written.SyntaxTree, CSharpSyntaxTree.ParseText(given)],
            References.Value,
            new CSharpCompilationOptions(
                written.Members.Any(member => member is GlobalStatementSyntax) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                // Left out by every project: older and newer names of one assembly.
                specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]));
    }

    /// <summary>What holds C#, by its place in the repository.</summary>
    public static IEnumerable<string> Documents => SourceTree.Documents
        .Where(file => File.ReadLines(file).Any(line => IsFence(line, "csharp")))
        .Select(file => Path.GetRelativePath(SourceTree.Root, file).Replace('\\', '/'));

    /// <summary>Why it does not compile as it stands, each with its line.</summary>
    public IReadOnlyList<string> Faults =>
    [
        .. compilation.GetDiagnostics()
            .Where(found => found.Severity >= DiagnosticSeverity.Warning)
            .Select(found => CSharpDiagnosticFormatter.Instance.Format(found, CultureInfo.InvariantCulture)),
    ];

    public static DocumentedSamples Of(string document) => new(document, Lines(document));

    /// <summary>The document's settings, as they would stand in <c>appsettings.json</c>.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> SettingsOf(string document)
    {
        using var json = new MemoryStream(Encoding.UTF8.GetBytes($"{{{Code(Lines(document), "json")}}}"));
        return new ConfigurationBuilder().AddJsonStream(json).Build().AsEnumerable();
    }

    public Assembly Load()
    {
        using var file = new MemoryStream();
        Assert.True(compilation.Emit(file).Success, string.Join('\n', Faults));
        return Assembly.Load(file.ToArray());
    }

    /// <summary>Lets the statements register what they do.</summary>
    public Assembly Run(IServiceCollection services)
    {
        var program = Load();
        program.GetType(Reach)!.GetField("services")!.SetValue(null, services);
        program.EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        return program;
    }

    private static bool IsFence(string line, string language) => line.TrimStart().StartsWith(Fence + language, StringComparison.Ordinal);

    private static IEnumerable<string> Lines(string document) => File.ReadLines(Path.Combine(SourceTree.Root, document));

    private static string Code(IEnumerable<string> lines, string language)
    {
        var code = new StringBuilder();
        string? inside = null;
        foreach (var line in lines)
        {
            var isFence = IsFence(line, "");
            code.Append(!isFence && inside == language ? line : "").Append('\n');
            inside = !isFence ? inside : inside is null ? line.TrimStart()[Fence.Length..].Trim() : null;
        }

        return code.ToString();
    }
}
