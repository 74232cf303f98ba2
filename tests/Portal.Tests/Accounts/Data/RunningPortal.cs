using System.Diagnostics;

namespace Portal.Tests.Accounts.Data;

/// <summary>The program itself as a web server, in a process that may be killed.</summary>
internal sealed class RunningPortal : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process _process;
    private readonly List<string> _said = [];

    private RunningPortal(Process process) => _process = process;

    public Uri Address { get; private set; } = null!;

    /// <summary>The lines of its console, until it listened.</summary>
    public IReadOnlyList<string> Said => _said;

    /// <summary>Starts it on a data directory; done when it listens.</summary>
    public static Task<RunningPortal> StartAsync(string dataDirectory, params string[] settings) => StartAsync(dataDirectory, [], settings);

    /// <summary>The same with variables of the environment besides.</summary>
    public static async Task<RunningPortal> StartAsync(string dataDirectory, Dictionary<string, string> environment, params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in (string[])
            [Path.Combine(AppContext.BaseDirectory, "Portal.dll"), "--urls=http://127.0.0.1:0", $"--Portal:DataDirectory={dataDirectory}", "--Passwords:Iterations=1000", .. settings])
        {
            start.ArgumentList.Add(arg);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var portal = new RunningPortal(Process.Start(start)!);
        try
        {
            await portal.HearAddressAsync();
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>A browser with cookies of its own; it follows no redirects.</summary>
    public HttpClient CreateClient() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>Gone in the middle of what it does (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task HearAddressAsync()
    {
        // A full pipe would stop it.
        _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            _said.Add(line);
            if (line.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0)
            {
                Address = new Uri(line[(at + Listening.Length)..].Trim());
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }

        throw new InvalidOperationException($"The portal has not started:\n{string.Join('\n', _said)}");
    }
}
