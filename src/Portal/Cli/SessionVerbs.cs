using System.CommandLine;
using System.Globalization;
using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary><c>sessions …</c></summary>
internal static class SessionVerbs
{
    public static Command Make(VerbRunner runner) => new Verb("sessions", "List sessions and end them; their open pages leave.")
    {
        List(runner),
        End(runner),
        EndUser(runner),
        EndMatching(runner),
        EndAll(runner),
        Clean(runner),
    };

    private static Verb List(VerbRunner runner)
    {
        var (filter, limit) = (new SessionFilterOptions(), VerbOptions.Limit());
        var sort = VerbOptions.Sort("-created", ["created"]);
        var verb = new Verb(
            "list",
            "List live sessions, all or those that are all of what is named.",
            "Portal sessions list --user ada@example.org",
            "Portal sessions list --country NL --browser Firefox --since 2026-01-31") { sort, limit };
        filter.AddTo(verb);
        return verb.Reads(runner, async run =>
        {
            var search = await filter.ReadAsync(run);
            var isReversed = !run.Parsed.GetRequiredValue(sort).StartsWith('-');
            await run.Print.ListAsync(
                VerbRun.PagesAsync(
                    window => run.Door<ISessionAdmin>().ListAsync(search, window with { IsReversed = isReversed }, run.CancellationToken),
                    row => SessionRow.Of(row.Session),
                    run.Parsed.GetValue(limit)),
                ["ID", "USER", "IMPERSONATOR", "SINCE", "LAST SEEN", "IP", "BROWSER", "SYSTEM"],
                session =>
                [
                    session.Id, session.User.ToString(CultureInfo.InvariantCulture), session.Impersonator?.ToString(CultureInfo.InvariantCulture),
                    VerbPrinter.Moment(session.Created), VerbPrinter.Moment(session.LastSeen), session.Ip, session.Browser, session.Os,
                ]);
        });
    }

    private static Verb End(VerbRunner runner)
    {
        var id = new Argument<string>("ID") { Description = "The session's id, as the list shows it." };
        return new Verb("end", "End one session.", "Portal sessions end 01jd9v5m1k8x0c2q4r6t8w0y2a") { id }.Reads(runner, async run =>
        {
            var asked = run.Parsed.GetRequiredValue(id);
            if (await run.Door<ISessionAdmin>().FindAsync(asked, run.CancellationToken) is null)
            {
                throw new VerbFailureException($"There is no session \"{asked}\".");
            }

            await EndAsync(run, SessionChoice.These(asked));
        });
    }

    private static Verb EndUser(VerbRunner runner)
    {
        var user = UserVerbs.UserArgument();
        return new Verb("end-user", "End all sessions of a user.", "Portal sessions end-user ada@example.org") { user }.Reads(runner, async run =>
            await EndAsync(run, SessionChoice.Matching(new SessionSearch
            {
                User = (await run.FindUserAsync(run.Parsed.GetRequiredValue(user))).Id.ToString(CultureInfo.InvariantCulture),
            })));
    }

    private static Verb EndMatching(VerbRunner runner)
    {
        var (filter, dryRun) = (new SessionFilterOptions(), DryRunOption());
        var verb = new Verb(
            "end-matching",
            "End all sessions that are all of what is named; without a filter none.",
            "Portal sessions end-matching --ip 192.0.2.7 --dry-run",
            "Portal sessions end-matching --country NL --browser Firefox") { dryRun };
        filter.AddTo(verb);
        filter.Demand(verb);
        return verb.Reads(runner, async run => await EndAsync(run, SessionChoice.Matching(await filter.ReadAsync(run)), run.Parsed.GetValue(dryRun)));
    }

    private static Verb EndAll(VerbRunner runner)
    {
        var dryRun = DryRunOption();
        return new Verb("end-all", "End everybody's sessions.", "Portal sessions end-all --dry-run") { dryRun }.Reads(runner, run =>
            EndAsync(run, SessionChoice.Everybodys, run.Parsed.GetValue(dryRun)));
    }

    private static Option<bool> DryRunOption() => new("--dry-run") { Description = "End none; say how many would end." };

    private static Verb Clean(VerbRunner runner) =>
        new Verb("clean", "End expired sessions and forget those that ended over 28 days ago, as the server does by itself.", "Portal sessions clean")
            .Does(runner, async run =>
            {
                var (ended, deleted) = (await run.Door<ISessionAdmin>().CleanAsync(Operator.CommandLine, run.Progress("sessions ended or forgotten"), run.CancellationToken))!.Value;
                run.Print.Answer(new { Ended = ended, Deleted = deleted }, $"Ended sessions: {ended}. Forgotten: {deleted}.");
            });

    private static Task EndAsync(VerbRun run, SessionChoice which, bool isDryRun) => isDryRun ? ForetellAsync(run, which) : EndAsync(run, which);

    private static async Task ForetellAsync(VerbRun run, SessionChoice which)
    {
        // Which pages are open only their own process knows.
        var preview = await run.Door<ISessionAdmin>().PreviewAsync(which, Operator.CommandLine, run.CancellationToken);
        run.Print.Answer(
            new { DryRun = true, Sessions = preview.Sessions.Count, SessionsIsExact = preview.Sessions.IsExact, preview.People },
            preview.Sessions.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"Would end sessions: {(preview.Sessions.IsExact ? "" : "more than ")}{preview.Sessions.Count}, of people: {(preview.Sessions.IsExact ? "" : "at least ")}{preview.People}.") : "No live session; nothing to end.");
    }

    private static async Task EndAsync(VerbRun run, SessionChoice which)
    {
        var outcome = await run.Door<ISessionAdmin>().EndAsync(which, Operator.CommandLine, run.Progress("sessions ended"), run.CancellationToken);
        var (_, count) = VerbRun.Expect(outcome);
        if (outcome is AdminOutcome.Done { IsStopped: true })
        {
            throw new VerbFailureException(string.Create(CultureInfo.InvariantCulture, $"Stopped. Ended sessions: {count}; the others stay."));
        }

        run.Print.Answer(new { Ended = count }, count > 0 ? $"Ended sessions: {count}." : "No live session; nothing to end.");
    }
}
