using System.CommandLine;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;

namespace Portal.Cli;

/// <summary>Runs one verb: builds what it needs, checks the settings, readies the database, and puts failures into words.</summary>
internal sealed class VerbRunner(IReadOnlyList<string> settings, VerbConsole console)
{
    /// <summary>On every verb: one JSON document on the output instead of text.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON document.", Recursive = true };

    public VerbConsole Console => console;

    public async Task<int> RunAsync(ParseResult parsed, Func<VerbRun, Task> work, Func<IDatabaseAdmin, CancellationToken, Task<string?>> prepare, CancellationToken cancellationToken)
    {
        var print = new VerbPrinter(console, parsed.GetValue(Json));
        try
        {
            await using var app = VerbHost.Build(settings);
            app.Services.GetService<IStartupValidator>()?.Validate();
            if (await prepare(app.Services.GetRequiredService<IDatabaseAdmin>(), cancellationToken) is { } refused)
            {
                throw new VerbFailureException(refused);
            }

            await work(new VerbRun(parsed, app.Services, console, print, cancellationToken));
            return Verbs.Done;
        }
        catch (Exception exception)
        {
            var failure = exception as VerbFailureException;
            print.Failure(FailureReasons.Of(exception) ?? [$"{exception.GetType().Name}: {exception.Message}"], failure?.Errors ?? [], failure?.Answer);
            return Verbs.Failed;
        }
    }
}
