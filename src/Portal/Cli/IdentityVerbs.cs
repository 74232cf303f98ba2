using System.CommandLine;
using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary><c>identities …</c></summary>
internal static class IdentityVerbs
{
    public static Command Make(VerbRunner runner) => new Verb("identities", "List who is known to which external provider, and remove links.")
    {
        List(runner),
        Remove(runner),
    };

    private static Verb List(VerbRunner runner)
    {
        var search = new Option<string?>("--search") { Description = "Only where an external id, address or username begins so, or of a user's number.", HelpName = "TEXT" };
        var method = new Option<string?>("--method") { Description = "Only of this provider, by its name in the settings.", HelpName = "SCHEME" };
        return new Verb("list", "List linked identities, newest first.", "Portal identities list --method orcid") { search, method }.Reads(runner, async run =>
        {
            var filter = new IdentityFilter { Search = run.Parsed.GetValue(search), Method = run.Parsed.GetValue(method) };
            var admin = run.Door<IIdentityAdmin>();
            await run.Print.ListAsync(
                VerbRun.PagesAsync(async window => (await admin.ListAsync(filter, window: window, cancellationToken: run.CancellationToken)).Page, IdentityRow.Of),
                ["ID", "METHOD", "EXTERNAL ID", "USER", "LINKED"],
                row => [row.Id, row.Method, row.ExternalId, row.Email, VerbPrinter.Moment(row.Created)]);
        });
    }

    private static Verb Remove(VerbRunner runner)
    {
        var id = new Argument<string>("ID") { Description = "The link's id, as the list shows it." };
        return new Verb(
            "remove", "Remove a link and end the sessions that began with it. A mail tells its person. Their last way in stays.", "Portal identities remove 0197d1c2f4a87c3e9b5d3f1d0a6c2b11") { id }.Does(runner, async run =>
        {
            var (admin, asked) = (run.Door<IIdentityAdmin>(), run.Parsed.GetRequiredValue(id));
            var found = await admin.FindAsync(asked, run.CancellationToken) ?? throw new VerbFailureException($"There is no linked identity \"{asked}\".");
            var (_, ended) = VerbRun.Expect(await admin.DeleteAsync(found.Id, Operator.CommandLine, run.CancellationToken));
            run.Print.Answer(
                new { Changed = true, Ended = ended, Identity = IdentityRow.Of(found) },
                $"{found.Email} is no longer linked to {found.ExternalId} at {found.Method}.{(ended > 0 ? $" Ended sessions: {ended}." : "")}");
        });
    }

    private sealed record IdentityRow(string Id, string Method, string ExternalId, long User, string Email, string? Username, DateTimeOffset Created)
    {
        public static IdentityRow Of(IdentityInfo row) => new(row.Id, row.Method, row.ExternalId, row.UserId, row.Email, row.UserName, row.CreatedAt);
    }
}
