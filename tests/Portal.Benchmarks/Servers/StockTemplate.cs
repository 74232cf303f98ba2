using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Portal.Benchmarks.Servers;

/// <summary>
/// The stock template, generated and published on this machine: what somebody would take instead. Made once for each
/// version of the runtime and kept in the temporary folder; nothing of it belongs to this repository.
/// </summary>
internal static partial class StockTemplate
{
    /// <summary>The setting that makes it look a session's user up on each request, as it otherwise does every 30 minutes.</summary>
    public const string CheckEachRequest = "CheckEachRequest";

    private const string Name = "Stock";

    // At the end of its services.
    private const string LastService = "var app = builder.Build();";

    private const string Switch = $$"""
        if (builder.Configuration["{{CheckEachRequest}}"] == "true")
        {
            builder.Services.Configure<SecurityStampValidatorOptions>(stamps => stamps.ValidationInterval = TimeSpan.Zero);
        }


        """;

    public static async Task<Build> PublishAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Build.Kept, $"stock-{Environment.Version}");
        var published = Path.Combine(folder, "published");
        var program = Path.Combine(published, Name + ".dll");
        if (File.Exists(program))
        {
            return new Build(published, program);
        }

        var source = Path.Combine(folder, "source");
        if (Directory.Exists(source))
        {
            Directory.Delete(source, recursive: true);
        }

        if (await Build.DotnetAsync(["new", "blazor", "-au", "Individual", "-int", "Server", "-n", Name, "-o", source, "--no-restore"], cancellationToken) is { } failed)
        {
            throw new InvalidOperationException($"The stock template could not be generated. {failed}");
        }

        await AddSwitchAsync(Path.Combine(source, "Program.cs"), cancellationToken);
        var project = Path.Combine(source, Name + ".csproj");
        if (await Build.DotnetAsync(["restore", project, "-v", "quiet"], cancellationToken) is not null)
        {
            await TakeOurVersionsAsync(project, cancellationToken);
        }

        return await Build.PublishAsync(project, published, [], cancellationToken);
    }

    private static async Task AddSwitchAsync(string program, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(program, cancellationToken);
        if (!text.Contains(LastService, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The stock template has changed: its services end elsewhere.");
        }

        await File.WriteAllTextAsync(program, text.Replace(LastService, Switch + LastService, StringComparison.Ordinal), cancellationToken);
    }

    /// <summary>The template asks for the SDK's own patch of each package, which a partial registry may lack.</summary>
    private static async Task TakeOurVersionsAsync(string project, CancellationToken cancellationToken)
    {
        var ours = XDocument.Load(Path.Combine(PortalSite.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => (string)package.Attribute("Include")!, package => (string)package.Attribute("Version")!);
        // All of the framework's packages have one version.
        var usual = ours["Microsoft.AspNetCore.Identity.EntityFrameworkCore"];
        var text = await File.ReadAllTextAsync(project, cancellationToken);
        await File.WriteAllTextAsync(
            project,
            Package().Replace(text, package => $"{package.Groups["start"]}{ours.GetValueOrDefault(package.Groups["name"].Value, usual)}\""),
            cancellationToken);
    }

    [GeneratedRegex("(?<start><PackageReference Include=\"(?<name>[^\"]+)\" Version=\")[^\"]+\"")]
    private static partial Regex Package();
}
