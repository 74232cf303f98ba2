using System.CommandLine;
using System.Globalization;
using Portal.Accounts.Administration;
using Portal.Accounts.Data;

namespace Portal.Cli;

/// <summary><c>mails …</c></summary>
internal static class MailVerbs
{
    public static Command Make(VerbRunner runner) => new Verb("mails", "List the mails of the last 28 days, try one again, drop one. What they say nobody is shown.")
    {
        List(runner),
        Change(runner, "retry", "Have a mail that waits, or was given up, tried now; a running server does it.", "is tried now", (admin, id, cancellationToken) => admin.RetryAsync(id, Operator.CommandLine, cancellationToken)),
        Change(runner, "drop", "Give a mail up, with what it says; it stays listed.", "was dropped", (admin, id, cancellationToken) => admin.DropAsync(id, Operator.CommandLine, cancellationToken)),
    };

    private static Verb List(VerbRunner runner)
    {
        var state = new Option<OutboxMailState?>("--state") { Description = "Only in this state.", HelpName = string.Join('|', Enum.GetNames<OutboxMailState>()) };
        var to = new Option<string?>("--to") { Description = "Only to whose address begins so.", HelpName = "TEXT" };
        return new Verb("list", "List mails, newest first.", "Portal mails list --state GivenUp") { state, to }.Reads(runner, async run =>
        {
            var admin = run.Door<IMailAdmin>();
            await run.Print.ListAsync(
                VerbRun.PagesAsync(
                    async window => (await admin.ListAsync(run.Parsed.GetValue(state), run.Parsed.GetValue(to), window, run.CancellationToken)).Page, MailRow.Of),
                ["ID", "KIND", "TO", "STATE", "PROMISED", "ATTEMPTS", "LAST ERROR"],
                mail =>
                [
                    mail.Id.ToString(CultureInfo.InvariantCulture), mail.Kind, mail.Recipient, mail.State, VerbPrinter.Moment(mail.Created),
                    mail.Attempts.ToString(CultureInfo.InvariantCulture), mail.LastError,
                ]);
        });
    }

    private static Verb Change(VerbRunner runner, string name, string description, string outcome, Func<IMailAdmin, long, CancellationToken, Task<AdminOutcome>> change)
    {
        var id = new Argument<long>("ID") { Description = "The mail's number, as the list shows it." };
        return new Verb(name, description, $"Portal mails {name} 41") { id }.Does(runner, async run =>
        {
            var (admin, asked) = (run.Door<IMailAdmin>(), run.Parsed.GetRequiredValue(id));
            VerbRun.Expect(await change(admin, asked, run.CancellationToken));
            var now = await admin.FindAsync(asked, run.CancellationToken);
            run.Print.Answer(
                new { Changed = true, Mail = now is null ? null : MailRow.Of(now) }, string.Create(CultureInfo.InvariantCulture, $"Mail {asked} {outcome}."));
        });
    }

    private sealed record MailRow(
        long Id, string Kind, string Recipient, long? User, string State, DateTimeOffset Created, DateTimeOffset? Due, int Attempts, DateTimeOffset? SentAt,
        DateTimeOffset? FailedAt, string? LastError)
    {
        public static MailRow Of(MailInfo mail) => new(
            mail.Id, mail.Kind, mail.Recipient, mail.UserId, mail.State.ToString().ToLowerInvariant(), mail.CreatedAt, mail.DueAt, mail.Attempts, mail.SentAt,
            mail.FailedAt, mail.LastError);
    }
}
