using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Net;
using System.Net.Sockets;

namespace Portal.Benchmarks.Servers;

/// <summary>A published server in a process of its own, as an operator runs it: Production, Kestrel, this machine's address.</summary>
/// <remarks>Started by <see cref="StartAsync"/>, which returns when it serves; ended, by its own id, with <see cref="DisposeAsync"/>.</remarks>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly Queue<string> lastWords = [];
    private readonly NamedPipeServerStream? pipe;
    private StreamReader? answers;
    private StreamWriter? questions;

    private ServerProcess(Process process, Uri baseAddress, NamedPipeServerStream? pipe) => (this.process, BaseAddress, this.pipe) = (process, baseAddress, pipe);

    public Uri BaseAddress { get; }

    /// <summary>From the start of the process to its first good answer.</summary>
    public TimeSpan StartedIn { get; private set; }

    /// <summary>The processor time it had used by then, all threads together; steadier than time on a machine that does other things too.</summary>
    public TimeSpan StartedWith { get; private set; }

    /// <summary>Where a server may listen.</summary>
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>Starts a server and waits until a page answers with 200.</summary>
    /// <param name="build">The published program.</param>
    /// <param name="address">Where it listens.</param>
    /// <param name="settings">Its settings, by key.</param>
    /// <param name="firstPage">The page to wait for.</param>
    /// <param name="isObserved">Whether it can be asked for its processor time and memory; false where nothing foreign may delay the start.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">It ended instead; the message holds what it said last.</exception>
    public static async Task<ServerProcess> StartAsync(
        Build build, Uri address, IReadOnlyDictionary<string, string> settings, string firstPage, bool isObserved, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [build.Program]) { WorkingDirectory = build.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Jwt__Key"] = "a key that no token of these sites needs";
        start.Environment["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority);
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        NamedPipeServerStream? pipe = null;
        if (isObserved)
        {
            var name = $"portal-benchmarks-{Guid.CreateVersion7():N}";
            pipe = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
            start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(ServerProcess).Assembly.Location;
            start.Environment[StartupHook.PipeVariable] = name;
        }

        var server = new ServerProcess(new Process { StartInfo = start }, address, pipe);
        try
        {
            await server.RunAsync(firstPage, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The processor time used since the start, all threads together.</summary>
    public async Task<TimeSpan> ProcessorTimeAsync(CancellationToken cancellationToken) =>
        TimeSpan.FromMicroseconds(double.Parse(await AskAsync(StartupHook.Processor, cancellationToken), CultureInfo.InvariantCulture));

    /// <summary>What is left after all garbage was collected: managed bytes, and the whole process's.</summary>
    public async Task<(long Heap, long Process)> MemoryAsync(CancellationToken cancellationToken)
    {
        var numbers = (await AskAsync(StartupHook.Memory, cancellationToken)).Split(' ');
        return (long.Parse(numbers[0], CultureInfo.InvariantCulture), long.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        catch (InvalidOperationException)
        {
            // It never ran, or has ended already.
        }

        process.Dispose();
        if (pipe is not null)
        {
            await pipe.DisposeAsync();
        }
    }

    private async Task RunAsync(string firstPage, CancellationToken cancellationToken)
    {
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
        var started = TimeProvider.System.GetTimestamp();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var timer = new PeriodicTimer(LookInterval);
        while (!await AnswersAsync(http, new Uri(BaseAddress, firstPage), cancellationToken))
        {
            StartedIn = TimeProvider.System.GetElapsedTime(started);
            if (process.HasExited || StartedIn > Patience)
            {
                throw new InvalidOperationException($"{Path.GetFileName(process.StartInfo.ArgumentList[0])} did not begin to serve. {string.Join(' ', lastWords)}");
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        StartedIn = TimeProvider.System.GetElapsedTime(started);
        process.Refresh();
        StartedWith = process.TotalProcessorTime;
        if (pipe is not null)
        {
            await pipe.WaitForConnectionAsync(cancellationToken);
            (answers, questions) = (new StreamReader(pipe), new StreamWriter(pipe) { AutoFlush = true });
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri page, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(page, cancellationToken);
            return answer.StatusCode is HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<string> AskAsync(string question, CancellationToken cancellationToken)
    {
        if (questions is null || answers is null)
        {
            throw new InvalidOperationException("This server was started unobserved.");
        }

        await questions.WriteLineAsync(question.AsMemory(), cancellationToken);
        return await answers.ReadLineAsync(cancellationToken) ?? throw new IOException($"The server ended. {string.Join(' ', lastWords)}");
    }

    private void Keep(string? line)
    {
        lock (lastWords)
        {
            if (line is not null)
            {
                lastWords.Enqueue(line);
            }

            if (lastWords.Count > 20)
            {
                lastWords.Dequeue();
            }
        }
    }
}
