using System.Diagnostics;
using System.Text;

namespace Portal.Tests.Web.Cli;

/// <summary>The program at a real terminal, as the tool <c>script</c> makes one.</summary>
public sealed class TerminalTests : IDisposable
{
    private const string Password = "correct horse battery staple";

    /// <summary>What the terminal says before the program starts, which a line starts.</summary>
    private const string Ready = "Ready\r\n";

    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task The_password_is_asked_for_twice_and_nothing_typed_is_on_the_screen()
    {
        var (status, screen) = await AtTerminalAsync("\n", ("Password: ", Password + "\n"), ("Once more: ", Password + "\n"));

        Assert.Equal(0, status);
        Assert.EndsWith("Password: \r\nOnce more: \r\nMade user 1, typed@example.org: inactive.\r\n", screen, StringComparison.Ordinal);
        Assert.Equal("typed@example.org", (await _cli.JsonAsync("users", "show", "1")).GetProperty("email").GetString());
    }

    [Fact]
    public async Task No_key_is_shown_from_before_the_question_on()
    {
        // Held up until something changes how the terminal takes keys, as hiding them does: a question that is put first is never read.
        var (status, screen) = await AtTerminalAsync("\u0013\n", ("Password: ", Password + "\n"), ("Once more: ", Password + "\n"));

        Assert.Equal(0, status);
        Assert.EndsWith("Password: \r\nOnce more: \r\nMade user 1, typed@example.org: inactive.\r\n", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_before_it_is_asked_for_is_no_answer()
    {
        var (status, screen) = await AtTerminalAsync("\ntyped ahead of the question\n", ("Password: ", Password + "\n"), ("Once more: ", Password + "\n"));

        Assert.Equal((0, true), (status, screen.EndsWith("inactive.\r\n", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_key_too_many_is_taken_back()
    {
        var (status, screen) = await AtTerminalAsync("\n", ("Password: ", Password + "x\x7f\n"), ("Once more: ", Password + "\n"));

        Assert.Equal((0, true), (status, screen.EndsWith("inactive.\r\n", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Ctrl_C_at_the_question_makes_nobody()
    {
        var (status, screen) = await AtTerminalAsync("\n", ("Password: ", "correct\u0003"));

        Assert.Equal(1, status);
        Assert.EndsWith("Password: \r\nStopped before it was done.\r\n", screen, StringComparison.Ordinal);
        Assert.Equal(0, (await _cli.JsonAsync("users", "list")).GetProperty("total").GetInt32());
    }

    /// <summary>Makes a user by a terminal, answering each question when it is on the screen.</summary>
    /// <param name="startKeys">Typed before the program is there; the end of the first line starts it.</param>
    /// <param name="answers">What is typed to which question.</param>
    private async Task<(int Status, string Screen)> AtTerminalAsync(string startKeys, params (string Question, string Keys)[] answers)
    {
        answers = [(Ready, startKeys), .. answers];
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no script here.");
        var start = new ProcessStartInfo("/usr/bin/script") { RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] arguments =
        [
            "--quiet", "--return", "--command",
            // A terminal that knows no commands is sent none at the start, where it may be held up.
            $"echo Ready; read line; TERM=dumb exec dotnet '{Path.Combine(AppContext.BaseDirectory, "Portal.dll")}' users create typed@example.org '--Portal:DataDirectory={_cli.DataDirectory}' --Passwords:Iterations 1000",
            "/dev/null",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // A question that is put otherwise would be waited for for ever.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        using var process = Process.Start(start)!;
        try
        {
            var screen = new StringBuilder();
            var typed = new char[1];
            var next = 0;
            while (await process.StandardOutput.ReadAsync(typed, patience.Token) > 0)
            {
                screen.Append(typed[0]);
                if (next < answers.Length && screen.ToString().EndsWith(answers[next].Question, StringComparison.Ordinal))
                {
                    await process.StandardInput.WriteAsync(answers[next++].Keys);
                    await process.StandardInput.FlushAsync(patience.Token);
                }
            }

            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, screen.ToString());
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
