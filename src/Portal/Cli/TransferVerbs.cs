using System.CommandLine;
using System.Globalization;
using Portal.Accounts.Transfer;

namespace Portal.Cli;

/// <summary><c>users import</c> and <c>users export</c>.</summary>
internal static class TransferVerbs
{
    private const string JsonLines = "jsonl";
    private const string Csv = "csv";
    private const int MaxReason = 500;

    public static Verb Import(VerbRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "JSON Lines or CSV, in UTF-8." };
        var (format, isDry, keepsIds, createsRoles) = (
            FormatOption(),
            new Option<bool>("--dry-run") { Description = "Check everything, write nothing." },
            new Option<bool>("--keep-ids") { Description = "Give users the ids of the file, for other systems that know them by it." },
            new Option<bool>("--create-roles") { Description = "Make the roles that people of the file have and that are not there, by name alone: CSV brings no others. Without it who has one is refused." });
        return new Verb(
            "import",
            "Take in users with their password hashes, Invenio's too (set Passwords:LegacyPepper), roles and domains. What is refused is told line by line; what is there already stays, so that a stopped import may just be run again.",
            "Portal users import people.jsonl --dry-run",
            "Portal users import people.csv --keep-ids --create-roles") { file, format, isDry, keepsIds, createsRoles }.Does(runner, async run =>
        {
            var path = Path.GetFullPath(run.Parsed.GetRequiredValue(file));
            var isJson = run.Parsed.GetValue(runner.Json);
            List<RefusedLine> refused = [];
            var (dry, screen) = (run.Parsed.GetValue(isDry), run.Console.IsScreen && !isJson);
            OwnFile.MustBeReadable(path);
            await using var input = new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 1 << 16 });
            var outcome = new ImportOutcome(0, 0, 0);
            Exception? stopped = null;
            var request = new ImportRequest(FormatOf(run.Parsed.GetValue(format), path))
            {
                IsDryRun = dry,
                KeepsIds = run.Parsed.GetValue(keepsIds),
                CreatesRoles = run.Parsed.GetValue(createsRoles),
                Refused = line =>
                {
                    if (isJson)
                    {
                        refused.Add(line);
                    }
                    else
                    {
                        run.Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Line {line.Line}: {Shown(line.Reason)}"));
                    }
                },
                Progress = screen ? far => run.Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"{far.Lines} lines, {far.Fraction:P0}{(far.IsIndexing ? ", indexing" : "")}\r")) : null,
                Ended = done => outcome = done,
            };
            try
            {
                await run.Door<ITransferAdmin>().ImportAsync(input, request, run.CancellationToken);
            }
            catch (Exception exception) when (FailureReasons.Of(exception) is not null)
            {
                stopped = exception;
            }

            var answer = new
            {
                outcome.Imported,
                outcome.AlreadyThere,
                outcome.Decisions,
                DecisionsAlreadyThere = outcome.DecisionsThere,
                outcome.Refused,
                DryRun = dry,
                RefusedLines = refused,
                Stopped = stopped is null ? null : string.Join(' ', FailureReasons.Of(stopped)!),
            };
            var decisions = outcome.Decisions + outcome.DecisionsThere > 0
                ? string.Create(CultureInfo.InvariantCulture, $" roles, domains and their labels {outcome.Decisions}, there already {outcome.DecisionsThere};")
                : "";
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{(dry ? "Would import" : "Imported")} people {outcome.Imported}, there already {outcome.AlreadyThere};{decisions} refused lines {outcome.Refused}.");
            if (stopped is not null || outcome.Refused > 0)
            {
                throw new VerbFailureException(answer.Stopped is { } why ? $"{why} {text}{(dry ? "" : stopped is OperationCanceledException ? " Run it again to go on." : " Mend what broke and run it again to go on.")}" : text) { Answer = answer };
            }

            run.Print.Answer(answer, text);
        });
    }

    public static Verb Export(VerbRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "Where to; a file that is there is replaced once all is written." };
        var format = FormatOption();
        var withSecrets = new Option<bool>("--with-secrets")
        {
            Description = "In JSON Lines second factors too: the keys of authenticator apps, readable, by which whoever has the file makes everybody's codes. Without it people sign in elsewhere by password or passkey alone.",
        };
        var verb = new Verb(
            "export",
            "Write all users with password hashes, pictures and passkeys, as import takes them, and roles, domains and organisations; in CSV users only, without pictures and passkeys. Only you can read the file: keep it so.",
            "Portal users export people.jsonl",
            "Portal users export people.csv",
            "Portal users export site.jsonl --with-secrets") { file, format, withSecrets };
        return verb.Reads(runner, async run =>
        {
            var path = Path.GetFullPath(run.Parsed.GetRequiredValue(file));
            var kind = FormatOf(run.Parsed.GetValue(format), path);
            var secrets = run.Parsed.GetValue(withSecrets);
            if (secrets && kind is TransferFormat.Csv)
            {
                throw new VerbFailureException("CSV has no place for second factors: with --with-secrets write JSON Lines.");
            }

            var request = new ExportRequest(kind) { WithSecrets = secrets, Progress = run.Progress("people") };
            var total = await OwnFile.WriteAsync(path, output => run.Door<ITransferAdmin>().ExportAsync(output, request, run.CancellationToken));
            run.Print.Answer(new { Exported = total, File = path }, string.Create(CultureInfo.InvariantCulture, $"Users written to {path}: {total}."));
        });
    }

    /// <summary>A file of others may hold names without end.</summary>
    private static string Shown(string reason) => VerbPrinter.Shown(reason.Length > MaxReason ? reason[..MaxReason] : reason).Replace('\n', ' ');

    private static Option<string?> FormatOption() =>
        VerbOptions.OneOf("--format", "jsonl or csv. Default what the file's name ends with, else jsonl.", "jsonl|csv", JsonLines, Csv);

    private static TransferFormat FormatOf(string? asked, string path) =>
        asked is Csv || (asked is null && path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) ? TransferFormat.Csv : TransferFormat.JsonLines;
}
