using System.Diagnostics;
using System.Text.Json;
using Portal.Cli;

namespace Portal.Tests.Web.Cli;

/// <summary>Runs verbs on a data directory of its own, or on a server's.</summary>
public sealed class CommandLine : IDisposable
{
    private readonly bool _ownsData;

    public CommandLine()
        : this(Directory.CreateTempSubdirectory("portal-cli-").FullName) => _ownsData = true;

    internal CommandLine(string dataDirectory) => DataDirectory = dataDirectory;

    public string DataDirectory { get; }

    /// <summary>What the next verbs read on their input.</summary>
    internal string Input { get; init; } = "";

    /// <summary>Whether the error stream is a screen.</summary>
    internal bool IsScreen { get; init; }

    /// <summary>What somebody at a terminal types unseen, in turn; null where nobody is.</summary>
    internal Queue<string>? Typed { get; init; }

    /// <summary>Told what the next verbs write on the error stream, before they go on.</summary>
    internal Action<string>? Heard { get; init; }

    /// <summary>As Ctrl+C does.</summary>
    internal CancellationToken Stop { get; init; } = TestContext.Current.CancellationToken;

    /// <summary>In this process.</summary>
    internal async Task<Result> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new HeardWriter(Heard));
        var console = new VerbConsole(new StringReader(Input), output, error) { IsScreen = IsScreen, AskSecret = Typed is null ? null : _ => Typed.Dequeue() };
        var status = await Verbs.RunAsync([.. args, .. Settings()], console, Stop);
        return new Result(status, output.ToString(), error.ToString());
    }

    /// <summary>In this process, expected to succeed; its JSON document.</summary>
    internal async Task<JsonElement> JsonAsync(params string[] args)
    {
        var result = await RunAsync([.. args, "--json"]);
        Assert.Equal((0, ""), (result.Status, result.Error));
        return JsonSerializer.Deserialize<JsonElement>(result.Output);
    }

    /// <summary>As operators do: the program itself.</summary>
    internal Task<Result> StartAsync(params string[] args) => StartAsync((_, _) => { }, args);

    /// <summary>The same, told each line of the error stream as it comes, with the process that wrote it.</summary>
    internal async Task<Result> StartAsync(Action<string, Process> hear, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in (string[])[Path.Combine(AppContext.BaseDirectory, "Portal.dll"), .. args, .. Settings()])
        {
            start.ArgumentList.Add(arg);
        }

        // As on a screen: what has no colours there has none because the portal says so.
        start.Environment["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "1";
        using var process = Process.Start(start)!;
        try
        {
            await process.StandardInput.WriteAsync(Input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = HearAsync(process, hear);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new Result(process.ExitCode, await output, await error);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose()
    {
        if (_ownsData)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(DataDirectory, recursive: true);
        }
    }

    private static async Task<string> HearAsync(Process process, Action<string, Process> hear)
    {
        var heard = new StringWriter();
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            heard.WriteLine(line);
            hear(line, process);
        }

        return heard.ToString();
    }

    private string[] Settings() => [$"--Portal:DataDirectory={DataDirectory}", "--Passwords:Iterations", "1000"];

    private sealed class HeardWriter(Action<string>? heard) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            heard?.Invoke(value ?? "");
        }
    }

    internal sealed record Result(int Status, string Output, string Error)
    {
        /// <summary>The one line that says why a verb failed; it said nothing else.</summary>
        public string Failure
        {
            get
            {
                Assert.Equal((1, ""), (Status, Output));
                return Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }
        }
    }
}
