using Microsoft.Extensions.Logging.Console;
using Portal.Accounts.Audit;

namespace Portal.Cli;

/// <summary>What the portal knows, with the server's settings and without the server: nothing is started.</summary>
internal static class VerbHost
{
    public static WebApplication Build(IReadOnlyList<string> settings)
    {
        // The web server's builder, because a verb must read the very settings the server reads.
        var builder = WebApplication.CreateBuilder(StartOptions.For([.. settings, "--hostBuilder:reloadConfigOnChange=false"], typeof(VerbHost).Assembly.GetName().Name));
        builder.Services.AddSite(builder.Configuration);
        builder.Services.AddSingleton(AuditDoor.CommandLine);
        // A verb asks for a handful of services; the letters, which only the server writes, are not even registered.
        builder.Host.UseDefaultServiceProvider(provider => (provider.ValidateOnBuild, provider.ValidateScopes) = (false, true));

        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // Colours for a screen only, and for who wants them (no-color.org): by itself the logger looks at the other stream.
        var isPlain = Console.IsErrorRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        builder.Logging.AddSimpleConsole(text => text.ColorBehavior = isPlain ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default);
        builder.Services.PostConfigure<LoggerFilterOptions>(filter =>
        {
            filter.Rules.Clear();
            filter.MinLevel = LogLevel.Warning;
            // What the database refuses becomes the verb's own line.
            filter.Rules.Add(new LoggerFilterRule(null, "Microsoft.EntityFrameworkCore", LogLevel.None, null));
        });
        return builder.Build();
    }
}
