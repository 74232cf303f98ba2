using System.Reflection;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;

namespace Portal.Cli;

/// <summary>No verb: the site is served until somebody stops it.</summary>
internal static class WebServer
{
    /// <summary>Serves, and returns the exit status. What an operator can mend ends the start with a line each and status 1.</summary>
    /// <param name="build">Everything up to the services.</param>
    /// <param name="use">The way of a request; called on settings that are right and a database that is ready.</param>
    public static async Task<int> RunAsync(Func<WebApplication> build, Action<WebApplication> use)
    {
        try
        {
            await using var app = build();
            // The host would look at both too, but log a stack trace of what is merely a wrong setting.
            app.Services.GetService<IStartupValidator>()?.Validate();
            if (await app.Services.GetRequiredService<IDatabaseAdmin>().PrepareAsync() is { } refused)
            {
                throw new VerbFailureException(refused);
            }

            use(app);
            await StartAsync(app);
            await app.WaitForShutdownAsync();
            return Verbs.Done;
        }
        catch (Exception exception) when (IsOwnProcess && FailureReasons.Of(exception) is not null)
        {
            foreach (var line in FailureReasons.Of(exception)!)
            {
                await Console.Error.WriteLineAsync(line.ReplaceLineEndings(" "));
            }

            return Verbs.Failed;
        }
    }

    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch
        {
            // Who has begun already, before a port turned out to be taken, ends in order instead of in the midst of a query.
            try
            {
                await app.StopAsync();
            }
            catch (Exception)
            {
                // Why it did not start is what is told.
            }

            throw;
        }
    }

    /// <summary>Tests and design tools run the entry point from within theirs: the exception is for them.</summary>
    private static bool IsOwnProcess => Assembly.GetEntryAssembly() == typeof(WebServer).Assembly;
}
