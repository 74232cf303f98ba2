namespace Portal;

/// <summary>How the server and the verbs start, so that both read the very same settings.</summary>
internal static class StartOptions
{
#if DEBUG
    // A debug build is a developer's. No launch profile says so: "dotnet run" would announce it on the standard output,
    // in front of a verb's JSON.
    private const string UsualEnvironment = "Development";
#else
    private const string UsualEnvironment = "Production";
#endif

    /// <param name="args">The settings on the command line.</param>
    /// <param name="applicationName">Whose static files are served; null for the program that runs.</param>
    public static WebApplicationOptions For(string[] args, string? applicationName = null) => new()
    {
        Args = args,
        ApplicationName = applicationName,
        // The settings travel beside the binary, wherever it is started from.
        ContentRootPath = AppContext.BaseDirectory,
        EnvironmentName = IsToldBy(args) ? null : UsualEnvironment,
    };

    private static bool IsToldBy(string[] args) =>
        Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") is not null
        || Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") is not null
        || args.Any(arg => arg.StartsWith("--environment", StringComparison.OrdinalIgnoreCase));
}
