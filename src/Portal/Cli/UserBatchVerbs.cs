using System.CommandLine;
using System.Globalization;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary><c>users batch …</c>: many users at once, one after the other, as one batch in the log.</summary>
internal static class UserBatchVerbs
{
    public static Verb Make(VerbRunner runner) => new("batch", "Do the same with many users. Ctrl+C stops after the person it is at; what is done stays done.")
    {
        Act(runner, "activate", "Let them sign in: active, not blocked, address confirmed unless its domain is blocked.", "--domain example.org --state inactive --dry-run"),
        Act(runner, "deactivate", "Take their right to sign in and end all their sessions.", "--domain example.org --except ada@example.org"),
        Act(runner, "block", "Block them for misuse, which needs a reason: they cannot sign in, and all their sessions end.", "-q casino --reason \"advertises\" --dry-run"),
        Act(runner, "verify", "Trust them: verified, active, address confirmed.", "--role curator"),
        Act(runner, "confirm-email", "Take their addresses for confirmed without their links.", "--state unconfirmed --domain example.org"),
        Act(runner, "reset-password", "Mail them links for new passwords.", "--user ada@example.org --user bob@example.org"),
        Act(runner, "give-role", "Give them a role.", "--domain example.org", new Argument<string>("ROLE") { Description = "The role they get, by name; --role says who has another." }),
        Act(runner, "take-role", "Take a role from them. The last administrator keeps theirs.", "--everybody", new Argument<string>("ROLE") { Description = "The role they lose, by name." }),
    };

    private static Verb Act(VerbRunner runner, string name, string description, string example, Argument<string>? role = null)
    {
        var (whom, reason) = (new UserSelectionOptions(), UserVerbs.ReasonOption());
        var dryRun = new Option<bool>("--dry-run") { Description = "Change nothing; say what would." };
        var verb = new Verb(name, description, $"Portal users batch {name} {(role is null ? "" : "curator ")}{example}") { reason, dryRun };
        if (role is not null)
        {
            verb.Arguments.Add(role);
        }

        whom.AddTo(verb);
        return verb.Reads(runner, async run =>
        {
            var request = new BulkRequest(BulkActionNames.FromName(name)!.Value, await whom.ReadAsync(run))
            {
                Role = role is null ? null : run.Parsed.GetRequiredValue(role),
                Reason = run.Parsed.GetValue(reason),
            };
            await (run.Parsed.GetValue(dryRun) ? ForetellAsync(run, name, request) : RunAsync(run, name, request));
        });
    }

    private static async Task ForetellAsync(VerbRun run, string name, BulkRequest request)
    {
        // Which pages are open only their own process knows.
        var preview = await run.Door<IUserBulk>().PreviewAsync(request, Operator.CommandLine, run.CancellationToken);
        if (preview.WhyNot is { } fault)
        {
            VerbRun.Expect(fault);
        }

        var last = preview.SkipsLastAdministrator ? " The last administrator is among them and is left out." : "";
        var first = preview.Changing.IsExact ? "" : string.Create(CultureInfo.InvariantCulture, $" Only the first {ListTotal.Most} were looked at.");
        run.Print.Answer(
            new
            {
                DryRun = true,
                Selected = preview.Selected.Count,
                SelectedIsExact = preview.Selected.IsExact,
                Changing = preview.Changing.Count,
                ChangingIsExact = preview.Changing.IsExact,
                AlreadySo = preview.AlreadySo.Count,
                Refused = preview.Refused.Count,
                Sessions = preview.EndingSessions.Count,
                SessionsIsExact = preview.EndingSessions.IsExact,
                SparesLastAdministrator = preview.SkipsLastAdministrator,
            },
            $"Would {name}, of people {Number(preview.Selected)}: {preview.Changing.Count}; already so {preview.AlreadySo.Count}; refused {preview.Refused.Count}."
            + $" Would end sessions: {Number(preview.EndingSessions)}.{last}{first}");
    }

    private static async Task RunAsync(VerbRun run, string name, BulkRequest request)
    {
        var outcome = await run.Door<IUserBulk>().RunAsync(
            request, Operator.CommandLine, run.Progress("people") is { } tell ? new Progress(tell) : null, run.CancellationToken);
        if (outcome is BulkOutcome.Refused refused)
        {
            VerbRun.Expect(refused.Why);
        }

        var done = (BulkOutcome.Finished)outcome;
        if (!run.Print.IsJson)
        {
            foreach (var failure in done.Failures)
            {
                run.Console.Error.WriteLine(VerbPrinter.Line(string.Create(CultureInfo.InvariantCulture, $"User {failure.UserId} ({failure.Email ?? "gone"}): {failure.Why}")));
            }
        }

        var answer = new
        {
            done.Batch,
            done.Seen,
            done.Changed,
            done.AlreadySo,
            done.Skipped,
            Ended = done.EndedSessions,
            done.Failed,
            Failures = done.Failures.Select(failure => new { Id = failure.UserId, failure.Email, Detail = failure.Why }),
            Stopped = done.IsStopped,
        };
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{(done.IsStopped ? "Stopped. " : "")}Done: {name}, of people {done.Seen}: {done.Changed}; already so {done.AlreadySo}; left out {done.Skipped}; failed {done.Failed}. Ended sessions: {done.EndedSessions}.");
        if (done.IsStopped || done.Failed > 0)
        {
            throw new VerbFailureException(text) { Answer = answer };
        }

        run.Print.Answer(answer, text);
    }

    private static string Number(ListTotal total) => string.Create(CultureInfo.InvariantCulture, $"{(total.IsExact ? "" : "more than ")}{total.Count}");

    /// <summary>On the thread that does it: the framework's own would tell some of it only after the end.</summary>
    private sealed class Progress(Action<long> tell) : IProgress<BulkProgress>
    {
        public void Report(BulkProgress value) => tell(value.Seen);
    }
}
