using System.CommandLine;
using System.Globalization;
using Portal.Accounts.Sessions;

namespace Portal.Cli;

/// <summary><c>sessions …</c></summary>
internal static class SessionVerbs
{
    public static Command Make(VerbRunner runner) => new Verb("sessions", "List sessions and end them; their open pages leave.")
    {
        List(runner),
        End(runner),
        EndUser(runner),
        new Verb("end-all", "End everybody's sessions.", "Portal sessions end-all").Does(runner, async run =>
            Ended(run, await run.Door<ISessionAdmin>().EndAllAsync(byUserId: null, run.CancellationToken))),
        Clean(runner),
    };

    private static Verb List(VerbRunner runner)
    {
        var user = new Option<string?>("--user") { Description = "Only this user's: an id, an email address or a username.", HelpName = "USER" };
        return new Verb("list", "List live sessions, newest first.", "Portal sessions list --user ada@example.org") { user }.Does(runner, async run =>
        {
            long? userId = run.Parsed.GetValue(user) is { } asked ? (await run.FindUserAsync(asked)).Id : null;
            run.Print.List(
                [.. (await run.Door<ISessionAdmin>().ListAsync(userId, int.MaxValue, run.CancellationToken)).Select(SessionRow.Of)],
                ["ID", "USER", "SINCE", "LAST SEEN", "IP", "BROWSER", "SYSTEM"],
                session =>
                [
                    session.Id, session.UserId.ToString(CultureInfo.InvariantCulture), VerbPrinter.Moment(session.Created), VerbPrinter.Moment(session.LastSeen),
                    session.Ip, session.Browser, session.Os,
                ]);
        });
    }

    private static Verb End(VerbRunner runner)
    {
        var id = new Argument<string>("ID") { Description = "The session's id, as the list shows it." };
        return new Verb("end", "End one session.", "Portal sessions end 01jd9v5m1k8x0c2q4r6t8w0y2a") { id }.Does(runner, async run =>
        {
            var (admin, asked) = (run.Door<ISessionAdmin>(), run.Parsed.GetRequiredValue(id));
            if (await admin.FindAsync(asked, run.CancellationToken) is null)
            {
                throw new VerbFailureException($"There is no session \"{asked}\".");
            }

            Ended(run, await admin.EndAsync(asked, byUserId: null, run.CancellationToken) ? 1 : 0);
        });
    }

    private static Verb EndUser(VerbRunner runner)
    {
        var user = UserVerbs.UserArgument();
        return new Verb("end-user", "End all sessions of a user.", "Portal sessions end-user ada@example.org") { user }.Does(runner, async run =>
            Ended(run, await run.Door<ISessionAdmin>().EndUserAsync((await run.FindUserAsync(run.Parsed.GetRequiredValue(user))).Id, byUserId: null, run.CancellationToken)));
    }

    private static Verb Clean(VerbRunner runner) =>
        new Verb("clean", "End expired sessions and forget those that ended over 28 days ago, as the server does by itself.", "Portal sessions clean")
            .Does(runner, async run =>
            {
                var (ended, deleted) = await run.Door<ISessionAdmin>().CleanAsync(run.CancellationToken);
                run.Print.Answer(new { Ended = ended, Deleted = deleted }, $"Ended sessions: {ended}. Forgotten: {deleted}.");
            });

    private static void Ended(VerbRun run, int count) =>
        run.Print.Answer(new { Ended = count }, count > 0 ? $"Ended sessions: {count}." : "No live session; nothing to end.");
}
