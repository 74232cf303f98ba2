using System.Diagnostics;

namespace Portal.Benchmarks.Servers;

/// <summary>A published program.</summary>
/// <param name="Folder">Where it lies, static files and all.</param>
/// <param name="Program">The path of its entry assembly.</param>
internal sealed record Build(string Folder, string Program)
{
    /// <summary>What these drivers leave behind: published programs, to be used again by the next run.</summary>
    public static string Kept { get; } = Path.Combine(Path.GetTempPath(), "portal-benchmarks");

    /// <summary>Publishes a project in Release.</summary>
    /// <param name="project">Its file.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="options">What is said to the SDK besides.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<Build> PublishAsync(string project, string folder, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        if (await DotnetAsync(["publish", project, "-c", "Release", "-o", folder, "-v", "quiet", "-nologo", .. options], cancellationToken) is { } failed)
        {
            throw new InvalidOperationException($"{project} could not be published. {failed}");
        }

        return new Build(folder, Path.Combine(folder, Path.ChangeExtension(Path.GetFileName(project), ".dll")));
    }

    /// <summary>Runs the SDK. Returns what it said when it failed, else null.</summary>
    public static async Task<string?> DotnetAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        // Left by "dotnet run", they would bind the new program to this one's SDK settings.
        foreach (var inherited in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(inherited);
        }

        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? null : string.Join(' ', said.Select(text => text.Trim().ReplaceLineEndings(" ")));
    }
}
