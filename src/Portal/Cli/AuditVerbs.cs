using System.CommandLine;
using System.Globalization;
using Portal.Accounts.Audit;
using Portal.Controls;

namespace Portal.Cli;

/// <summary><c>audit …</c></summary>
internal static class AuditVerbs
{
    public static Command Make(VerbRunner runner) => new Verb("audit", "Verify the log of security events and take it elsewhere.")
    {
        Verify(runner),
        Export(runner),
    };

    private static Verb Verify(VerbRunner runner)
    {
        var expect = new Option<AuditHead?>("--expect")
        {
            Description = "A head noted earlier; tells whether the rows up to it are still those of then.",
            HelpName = "POSITION:HASH",
            CustomParser = result =>
            {
                if (AuditHead.TryParse(result.Tokens.SingleOrDefault()?.Value, out var head))
                {
                    return head;
                }

                result.AddError("--expect takes a head as \"audit verify\" prints it: POSITION:HASH.");
                return null;
            },
        };
        return new Verb(
            "verify",
            "Go through the whole log and tell every row that is not as it was written. Note the head it prints somewhere else.",
            "Portal audit verify",
            "Portal audit verify --expect 1024:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08") { expect }.Reads(runner, async run =>
        {
            var found = await run.Door<IAuditAdmin>().VerifyAsync(run.Parsed.GetValue(expect), run.Progress("events"), run.CancellationToken);
            var head = found.Head?.ToString();
            var answer = new
            {
                Intact = found.Faults.Count == 0,
                found.Count,
                found.Redacted,
                Head = head,
                Faults = found.Faults.Select(fault => new { Row = fault.RowId, fault.Position, fault.What }),
            };
            if (found.Faults.Count > 0)
            {
                throw new VerbFailureException(Describe(found.Faults)) { Answer = answer };
            }

            run.Print.Answer(answer, head is null
                ? "The log is empty."
                : string.Create(CultureInfo.InvariantCulture, $"The log is whole: {found.Count} events, of {found.Redacted} something personal was taken out.\nHead: {head}"));
        });
    }

    private static Verb Export(VerbRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "Where to; a file that is there is replaced once all is written." };
        var from = Moment("--from", "From this moment on, as 2031-02-03 or 2031-02-03T04:05:06Z; UTC unless it says otherwise.");
        var to = Moment("--to", "Before this moment.");
        var kind = new Option<string?>("--kind") { Description = "Only this kind, such as signed-in.", HelpName = "KIND" };
        kind.Validators.Add(result =>
        {
            if (AuditKindNames.FromName(result.Tokens.SingleOrDefault()?.Value) is null)
            {
                result.AddError($"--kind takes one of: {string.Join(", ", Enum.GetValues<AuditKind>().Select(known => known.ToName()))}.");
            }
        });
        var user = new Option<string?>("--user") { Description = "Only what is about this user: an id, an email address or a username.", HelpName = "USER" };
        return new Verb(
            "export",
            "Write the security events as JSON Lines, in the order of their chain.",
            "Portal audit export events.jsonl",
            "Portal audit export failures.jsonl --kind sign-in-failed --from 2031-02-01") { file, from, to, kind, user }.Reads(runner, async run =>
        {
            var filter = new AuditFilter
            {
                From = run.Parsed.GetValue(from),
                To = run.Parsed.GetValue(to),
                Kinds = AuditKindNames.FromName(run.Parsed.GetValue(kind)) is { } only ? [only] : null,
                SubjectId = run.Parsed.GetValue(user) is { } asked ? (await run.FindUserAsync(asked)).Id : null,
            };
            var path = Path.GetFullPath(run.Parsed.GetRequiredValue(file));
            var total = await OwnFile.WriteAsync(path, output => run.Door<IAuditAdmin>().ExportAsync(output, filter, run.Progress("events"), run.CancellationToken));
            run.Print.Answer(new { Exported = total, File = path }, string.Create(CultureInfo.InvariantCulture, $"Wrote {total} events to {path}."));
        });
    }

    private static Option<DateTimeOffset?> Moment(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "MOMENT",
        CustomParser = result =>
        {
            if (IsoMoment.Read(result.Tokens.SingleOrDefault()?.Value) is { } moment)
            {
                return moment;
            }

            result.AddError($"{name} takes a moment as 2031-02-03 or 2031-02-03T04:05:06Z.");
            return null;
        },
    };

    private static string Describe(IReadOnlyList<AuditFault> faults)
    {
        var (first, more) = (faults[0], faults.Count - 1);
        var row = first.RowId is { } id ? string.Create(CultureInfo.InvariantCulture, $"Row {id} at position {first.Position}: ") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{row}{first.What}{(more > 0 ? $" {more} more; --json tells them all." : "")}");
    }
}
