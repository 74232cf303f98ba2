using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Portal.Cli;

/// <summary>
/// The command line. A verb does one thing and ends; what it changes a running server notices by itself. Exit status:
/// 0 done, also when it was so already; 1 failed, and a line on the error stream says why; 2 wrong usage.
/// </summary>
internal static class Verbs
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>How long a verb has to come to a good end after Ctrl+C, and to say how far it came. The framework listens to it only where a time is set.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Whether the arguments name a verb or ask for help; without one the portal serves.</summary>
    public static bool Asked(IReadOnlyList<string> args) => VerbArguments.Split(args).Verb.Count > 0;

    /// <summary>Runs the verb and returns the exit status.</summary>
    /// <param name="args">The process's arguments, settings among them.</param>
    /// <param name="console">Where to read and write; null for the process's own.</param>
    /// <param name="cancellationToken">Stops the verb before its commit.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, VerbConsole? console = null, CancellationToken cancellationToken = default)
    {
        console ??= VerbConsole.OfProcess();
        var (verb, settings) = VerbArguments.Split(args);
        var runner = new VerbRunner(settings, console);
        // "@name" is somebody's name here and not a file of further arguments.
        var parsed = Root(runner).Parse(verb, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            new VerbPrinter(console, isJson: parsed.GetResult(runner.Json) is { } json && (json.Errors.Any() || parsed.GetValue(runner.Json)))
                .Failure([.. Faults(parsed), "Add --help to see how it is used."], []);
            return WrongUsage;
        }

        return await parsed.InvokeAsync(
            new InvocationConfiguration { Output = console.Out, Error = console.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopTimeout },
            cancellationToken);
    }

    /// <summary>Every verb.</summary>
    internal static RootCommand Root(VerbRunner runner)
    {
        var root = new RootCommand(
            "The account portal. Without a verb it serves the site. Settings can be given as --Section:Key VALUE, with a verb too.")
        {
            UserVerbs.Make(runner),
            RoleVerbs.Make(runner),
            SessionVerbs.Make(runner),
            DomainVerbs.Make(runner),
            IdentityVerbs.Make(runner),
            MailVerbs.Make(runner),
            AuditVerbs.Make(runner),
            DatabaseVerbs.Make(runner),
            CompletionVerb.Make(runner),
            runner.Json,
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, runner);
        return root;
    }

    /// <summary>What is wrong with the usage, each argument that is missing first and by its name: the framework names the verb alone.</summary>
    private static IEnumerable<string> Faults(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is { Subcommands: { Count: > 0 } verbs })
        {
            return [$"{(parsed.UnmatchedTokens is [var unknown, ..] ? $"There is no verb \"{unknown}\"" : "A verb is missing")}; there are {string.Join(", ", verbs.Select(verb => verb.Name))}."];
        }

        var missing = parsed.CommandResult.Command.Arguments
            .Where(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.CommandResult.GetResult(argument) is not { Tokens.Count: > 0 })
            .Select(argument => $"{argument.Name} is missing. {argument.Description}");
        return [.. missing, .. parsed.Errors.Where(error => error.SymbolResult is not ArgumentResult { Tokens.Count: 0, Parent: CommandResult }).Select(error => error.Message)];
    }

    private sealed class HelpWithExamples(HelpAction usual, VerbRunner runner) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            if (parseResult.GetResult(runner.Json) is { } json && !json.Errors.Any() && parseResult.GetValue(runner.Json))
            {
                new VerbPrinter(runner.Console, isJson: true).Answer(HelpInJson.Of(parseResult.CommandResult.Command), "");
                return Done;
            }

            var status = usual.Invoke(parseResult);
            if (parseResult.CommandResult.Command is Verb { Examples.Count: > 0 } verb)
            {
                var output = parseResult.InvocationConfiguration.Output;
                output.WriteLine(verb.Examples.Count == 1 ? "Example:" : "Examples:");
                foreach (var example in verb.Examples)
                {
                    output.WriteLine($"  {example}");
                }

                output.WriteLine();
            }

            return status;
        }
    }
}
