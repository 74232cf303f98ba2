using System.Globalization;
using System.IO.Pipes;

/// <summary>
/// Runs inside a measured server before its entry point and answers what only the process itself knows. The server is
/// the very one that people run: nothing is built into it, the runtime loads this assembly beside it
/// (<c>DOTNET_STARTUP_HOOKS</c>), which also asks for the class to have this name and no namespace.
/// </summary>
internal static class StartupHook
{
    public const string PipeVariable = "PORTAL_BENCHMARKS_PIPE";

    /// <summary>Asks for the processor time used so far, in microseconds; exact, where the system's list of processes counts in hundredths of a second.</summary>
    public const string Processor = "processor";

    /// <summary>Collects all garbage; answers with the bytes that are left and the bytes of the whole process in memory.</summary>
    public const string Memory = "memory";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(PipeVariable) is { Length: > 0 } pipe)
        {
            new Thread(() => Answer(pipe)) { IsBackground = true, Name = "Benchmarks" }.Start();
        }
    }

    private static void Answer(string name)
    {
        using var pipe = new NamedPipeClientStream(".", name, PipeDirection.InOut);
        pipe.Connect();
        using var reader = new StreamReader(pipe);
        using var writer = new StreamWriter(pipe) { AutoFlush = true };
        while (reader.ReadLine() is { } question)
        {
            writer.WriteLine(question switch
            {
                Processor => Environment.CpuUsage.TotalTime.TotalMicroseconds.ToString("F0", CultureInfo.InvariantCulture),
                Memory => Collected(),
                _ => throw new InvalidOperationException($"Asked for \"{question}\"."),
            });
        }
    }

    private static string Collected()
    {
        // Twice: what finalizers held is garbage only after them.
        for (var round = 0; round < 2; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return string.Create(CultureInfo.InvariantCulture, $"{GC.GetTotalMemory(forceFullCollection: true)} {Environment.WorkingSet}");
    }
}
