using System.CommandLine;
using System.Globalization;
using Portal.Accounts.Administration;
using Portal.Accounts.Domains;

namespace Portal.Cli;

/// <summary><c>domains …</c></summary>
internal static class DomainVerbs
{
    public static Command Make(VerbRunner runner) => new Verb("domains", "List email domains and decide about them.")
    {
        Change(runner, "create", "List a domain; one that is listed stays as it is.", (admin, domain, cancellationToken) => admin.CreateAsync(domain, Operator.CommandLine, cancellationToken)),
        List(runner),
        Show(runner),
        Edit(runner),
        Reach(runner, "block", "Refuse addresses of a domain and its subdomains, block their people, end their sessions.", "blocked"),
        Reach(runner, "verify", "Trust a domain: who confirmed an address of it is verified, or will be.", "verified"),
        Change(
            runner, "moderate", "Mark a domain as looked at. Who was blocked with it stays so.",
            (admin, domain, cancellationToken) => admin.SetAsync(domain, "moderated", Operator.CommandLine, cancellationToken)),
        Delete(runner),
        DomainLabelVerbs.Categories(runner),
        DomainLabelVerbs.Organisations(runner),
    };

    private static Verb List(VerbRunner runner)
    {
        var text = VerbOptions.Text("--query", "Whose name holds this.", "TEXT", "-q");
        var status = VerbOptions.OneOf("--status", "About which this was decided.", string.Join('|', DomainStatusNames.Names), DomainStatusNames.Names);
        var flagged = VerbOptions.YesOrNo("--flagged", "true: those somebody asks to be looked at; false: the others.");
        var category = VerbOptions.Text("--category", "Of this kind, by name.", "NAME");
        var organisation = VerbOptions.Number("--organisation", "The number of whose they are, without its parts.", "ID", least: 1);
        var (sort, limit) = (VerbOptions.Sort("name", Enum.GetNames<DomainSort>().Select(name => name.ToLowerInvariant())), VerbOptions.Limit());
        return new Verb(
            "list",
            "List domains, all or those that are all of what is named.",
            "Portal domains list",
            "Portal domains list --status new --flagged true --sort=-created") { text, status, flagged, category, organisation, sort, limit }.Reads(runner, async run =>
        {
            var filter = new DomainFilter
            {
                Search = run.Parsed.GetValue(text),
                Status = run.Parsed.GetValue(status),
                IsFlagged = run.Parsed.CommandResult.Flag(flagged),
                CategoryId = run.Parsed.GetValue(category) is { } kind ? (await DomainLabelVerbs.FindCategoryAsync(run, kind)).Id : null,
                OrganisationId = run.Parsed.GetValue(organisation),
            };
            var order = run.Parsed.GetRequiredValue(sort);
            var (column, isDescending) = (Enum.Parse<DomainSort>(order.TrimStart('-'), ignoreCase: true), order.StartsWith('-'));
            await run.Print.ListAsync(
                VerbRun.PagesAsync(
                    async window => (await run.Door<IDomainAdmin>().ListAsync(filter, column, isDescending, window, run.CancellationToken)).Page,
                    DomainRow.Of,
                    run.Parsed.GetValue(limit)),
                ["DOMAIN", "STATUS", "USERS", "BLOCKED"],
                domain => [domain.Name, domain.Status, domain.Users.Users.ToString(CultureInfo.InvariantCulture), domain.Users.Blocked.ToString(CultureInfo.InvariantCulture)]);
        });
    }

    private static Verb Show(VerbRunner runner)
    {
        var domain = DomainArgument();
        return new Verb("show", "Show one domain.", "Portal domains show example.org") { domain }.Reads(runner, async run =>
        {
            var found = await FindAsync(run, run.Parsed.GetRequiredValue(domain));
            run.Print.Answer(found, string.Create(CultureInfo.InvariantCulture, $"""
                Domain        {found.Name}
                Status        {found.Status}
                Category      {found.Category?.Name ?? "-"}
                Organisation  {(found.Organisation is { } whose ? $"{string.Join(" / ", whose.Path)} (number {whose.Id})" : "-")}
                Flagged       {(found.Flagged ? found.FlagSource is { } source ? $"by {VerbPrinter.Line(source)}" : "yes" : "no")}
                Users         {found.Users.Users}, of them blocked {found.Users.Blocked}
                """));
        });
    }

    private static Verb Edit(VerbRunner runner)
    {
        var domain = DomainArgument();
        var status = VerbOptions.OneOf("--status", "new, moderated, verified or blocked: decides about its people too.", "STATUS", DomainStatusNames.Names);
        var category = new Option<string?>("--category") { Description = "What kind it is of, by name; empty for unknown.", HelpName = "NAME" };
        var organisation = VerbOptions.Number("--organisation", "The number of whose it is; 0 for unknown.", "ID", least: 0);
        var flagged = VerbOptions.YesOrNo("--flagged", "Whether somebody asks for it to be looked at.");
        var source = new Option<string?>("--flag-source") { Description = "Who does, in their words.", HelpName = "TEXT" };
        return new Verb(
            "edit",
            "Decide about a domain and label it; all that is named or nothing.",
            "Portal domains edit example.org --category company --flagged false") { domain, status, category, organisation, flagged, source }.Does(runner, async run =>
        {
            var asked = run.Parsed.GetRequiredValue(domain);
            var edit = new DomainEdit
            {
                Status = run.Parsed.GetValue(status),
                CategoryId = run.Parsed.GetValue(category) is not { } kind ? null : kind.Length == 0 ? 0 : (await DomainLabelVerbs.FindCategoryAsync(run, kind)).Id,
                OrganisationId = run.Parsed.GetValue(organisation),
                IsFlagged = run.Parsed.CommandResult.Flag(flagged),
                FlagSource = run.Parsed.GetValue(source),
            };
            var (changed, ended) = VerbRun.Expect(await FollowedAsync(run, asked, edit.Status, progress => run.Door<IDomainAdmin>().EditAsync(asked, edit, Operator.CommandLine, progress, run.CancellationToken)));
            run.Print.Answer(
                new { Changed = changed, Ended = ended, Domain = await FindAsync(run, asked) },
                changed ? $"Changed {asked}.{(ended > 0 ? $" Ended sessions: {ended}." : "")}" : $"{asked} stays as it was.");
        });
    }

    private static async Task<DomainRow> FindAsync(VerbRun run, string domain) =>
        await run.Door<IDomainAdmin>().FindAsync(domain, run.CancellationToken) is { } found ? DomainRow.Of(found) : throw new VerbFailureException($"The domain \"{domain}\" is not listed.");

    private static Argument<string> DomainArgument() => new("DOMAIN") { Description = "A domain's name." };

    /// <summary>A decision that reaches people, which can be foretold.</summary>
    private static Verb Reach(VerbRunner runner, string name, string description, string status)
    {
        var domain = DomainArgument();
        var dryRun = new Option<bool>("--dry-run") { Description = "Change nothing; say whom it would reach." };
        return new Verb(name, description, $"Portal domains {name} example.org --dry-run") { domain, dryRun }.Does(runner, async run =>
        {
            var (admin, asked) = (run.Door<IDomainAdmin>(), run.Parsed.GetRequiredValue(domain));
            if (!run.Parsed.GetValue(dryRun))
            {
                await AnswerAsync(run, name, asked, await FollowedAsync(run, asked, status, progress => admin.SetAsync(asked, status, Operator.CommandLine, progress, run.CancellationToken)));
                return;
            }

            // Which pages are open only their own process knows.
            var effect = await admin.PreviewAsync(asked, status, run.CancellationToken);
            run.Print.Answer(
                new { DryRun = true, Domain = asked, effect.People, Sessions = effect.Sessions.Count, SessionsIsExact = effect.Sessions.IsExact, effect.PeopleSignedIn },
                string.Create(CultureInfo.InvariantCulture, $"Would {name} people: {effect.People}. Would end sessions: {(effect.Sessions.IsExact ? "" : "more than ")}{effect.Sessions.Count}."));
        });
    }

    /// <summary>Where it is stopped while people follow, what was decided stands, and how far they came is told.</summary>
    private static async Task<AdminOutcome> FollowedAsync(VerbRun run, string asked, string? status, Func<Action<long>, Task<AdminOutcome>> decide)
    {
        var (followed, tell) = (0L, run.Progress("people"));
        try
        {
            return await decide(people =>
            {
                followed = people;
                tell?.Invoke(people);
            });
        }
        catch (OperationCanceledException)
        {
            if (followed == 0 && (await run.Door<IDomainAdmin>().FindAsync(asked, CancellationToken.None))?.Status != status)
            {
                throw;
            }

            throw new VerbFailureException(string.Create(CultureInfo.InvariantCulture, $"Stopped. It is decided, and people have followed: {followed}. Run it again for the others."));
        }
    }

    private static Verb Delete(VerbRunner runner)
    {
        var domain = DomainArgument();
        return new Verb("delete", "Take a domain without people off the list.", "Portal domains delete example.org") { domain }.Does(runner, async run =>
        {
            var asked = run.Parsed.GetRequiredValue(domain);
            var found = await FindAsync(run, asked);
            VerbRun.Expect(await run.Door<IDomainAdmin>().DeleteAsync(found.Name, Operator.CommandLine, cancellationToken: run.CancellationToken));
            run.Print.Answer(new { Changed = true, Ended = 0, Domain = found }, $"Done: delete {asked}.");
        });
    }

    private static Verb Change(VerbRunner runner, string name, string description, Func<IDomainAdmin, string, CancellationToken, Task<AdminOutcome>> change)
    {
        var domain = DomainArgument();
        return new Verb(name, description, $"Portal domains {name} example.org") { domain }.Does(runner, async run =>
        {
            var asked = run.Parsed.GetRequiredValue(domain);
            await AnswerAsync(run, name, asked, await change(run.Door<IDomainAdmin>(), asked, run.CancellationToken));
        });
    }

    private static async Task AnswerAsync(VerbRun run, string name, string domain, AdminOutcome outcome)
    {
        var (changed, ended) = VerbRun.Expect(outcome);
        run.Print.Answer(
            new { Changed = changed, Ended = ended, Domain = await FindAsync(run, domain) },
            changed ? $"Done: {name} {domain}.{(ended > 0 ? $" Ended sessions: {ended}." : "")}" : $"{domain} stays as it was.");
    }
}
