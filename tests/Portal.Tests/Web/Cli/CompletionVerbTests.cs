using System.Diagnostics;

namespace Portal.Tests.Web.Cli;

public sealed class CompletionVerbTests : IDisposable
{
    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("use", "users")]
    [InlineData("users cre", "create")]
    [InlineData("users import people.csv --format ", "csv")]
    [InlineData("db copy --to ", "SqlServer")]
    [InlineData("completion ", "bash")]
    public async Task What_may_come_next_is_told(string line, string expected)
    {
        var told = await _cli.RunAsync($"[suggest:{line.Length}]", line);

        Assert.Equal((0, ""), (told.Status, told.Error));
        Assert.Contains(expected, told.Output.Split('\n', StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public async Task Each_shell_gets_a_script_that_asks_the_program(string shell)
    {
        var script = await _cli.RunAsync("completion", shell);

        Assert.Equal((0, ""), (script.Status, script.Error));
        Assert.Contains("[suggest:", script.Output, StringComparison.Ordinal);
        Assert.Equal(script.Output.TrimEnd(), (await _cli.JsonAsync("completion", shell)).GetProperty("script").GetString());
    }

    [Fact]
    public async Task Bash_completes_by_it()
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash here.");
        var script = (await _cli.RunAsync("completion", "bash")).Output;
        var start = new ProcessStartInfo("/bin/bash") { RedirectStandardOutput = true };
        foreach (var argument in new[] { "-c", $"Portal() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "Portal.dll")}' \"$@\"; }}\n{script}\nCOMP_LINE='Portal users reset'; COMP_POINT=${{#COMP_LINE}}; COMP_WORDS=(Portal users reset); COMP_CWORD=2; _portal; echo \"${{COMPREPLY[@]}}\"" })
        {
            start.ArgumentList.Add(argument);
        }

        using var bash = Process.Start(start)!;
        var completed = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("reset-password", completed.Trim());
    }
}
