using System.Diagnostics;

namespace Portal.Tests;

/// <summary>Python as Debian has it, with its packages: what others make of the formats that we share with them.</summary>
internal static class DebianPython
{
    private const string Path = "/usr/bin/python3";

    /// <summary>Skips the test where the module is not installed.</summary>
    public static async Task DemandAsync(string module) =>
        Assert.SkipUnless(File.Exists(Path) && await RunAsync($"import {module}") is not null, $"Python's {module} is not installed.");

    /// <summary>What a program printed; null when it failed.</summary>
    public static async Task<string?> RunAsync(string program, params string[] arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var python = Process.Start(new ProcessStartInfo(Path, ["-c", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = python.StandardError.ReadToEndAsync(cancel);
        var printed = (await python.StandardOutput.ReadToEndAsync(cancel)).Trim();
        await errors;
        await python.WaitForExitAsync(cancel);
        return python.ExitCode == 0 ? printed : null;
    }
}
