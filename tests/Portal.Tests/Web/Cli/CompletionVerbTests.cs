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
    [InlineData("users batch ", "give-role")]
    [InlineData("users batch block --", "--everybody")]
    [InlineData("users list --state ", "unconfirmed")]
    [InlineData("users list --sort ", "-last_sign_in")]
    [InlineData("sessions ", "end-matching")]
    [InlineData("domains organisations ", "edit")]
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
    public async Task Bash_completes_by_it() => Assert.Equal("reset-password", await ShellAsync("bash", """
        Portal() { dotnet 'PROGRAM' "$@"; }
        source 'SCRIPT'
        COMP_LINE='Portal users reset'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(Portal users reset); COMP_CWORD=2; _portal; echo "${COMPREPLY[@]}"
        """));

    [Fact]
    public async Task Fish_completes_by_it() => Assert.Equal("reset-password", await ShellAsync("fish", """
        function Portal; dotnet 'PROGRAM' $argv; end
        source 'SCRIPT'
        complete -C 'Portal users reset'
        """));

    [Fact]
    public async Task Zsh_completes_by_it_when_Tab_is_pressed() => Assert.Equal("reset-password", await ShellAsync("zsh", """
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell $'Portal() { dotnet "PROGRAM" "$@" }; autoload -U compinit; compinit -D -u; source "SCRIPT"; print RE""ADY'
        zpty -r -m shell shown '*READY*'
        zpty -w -n shell $'Portal users reset\t'
        zpty -r -m shell shown '*-password*' && print reset-${${shown##*reset-}%%[^a-z]*}
        zpty -d shell
        """));

    /// <summary>What a shell prints that runs a script, in which the program and what it printed for this shell have their places.</summary>
    private async Task<string> ShellAsync(string shell, string script)
    {
        var program = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, shell)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, $"There is no {shell} here.");
        var completion = Path.Combine(_cli.DataDirectory, "completion");
        await File.WriteAllTextAsync(completion, (await _cli.RunAsync("completion", shell)).Output, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo(program!) { RedirectStandardOutput = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script.Replace("PROGRAM", Path.Combine(AppContext.BaseDirectory, "Portal.dll"), StringComparison.Ordinal).Replace("SCRIPT", completion, StringComparison.Ordinal));
        // A shell that completes nothing would wait for ever.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        using var process = Process.Start(start)!;
        try
        {
            var printed = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return printed.Trim();
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
