using System.CommandLine;
using System.Globalization;
using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary><c>domains categories …</c> and <c>domains organisations …</c>: what domains are labelled by.</summary>
internal static class DomainLabelVerbs
{
    public static Verb Categories(VerbRunner runner) => new("categories", "List, add and delete kinds of domains.")
    {
        new Verb("list", "List categories by name.", "Portal domains categories list").Reads(runner, async run => await run.Print.ListAsync(
            [.. (await LabelsAsync(run)).Categories.Select(CategoryRow.Of)], ["ID", "NAME"], category => [Number(category.Id), category.Name])),
        AddCategory(runner),
        DeleteCategory(runner),
    };

    public static Verb Organisations(VerbRunner runner) => new("organisations", "List whose domains are; add, rename, move and delete organisations.")
    {
        new Verb("list", "List organisations, each behind the one it is a part of.", "Portal domains organisations list").Reads(runner, async run => await run.Print.ListAsync(
            [.. (await LabelsAsync(run)).Organisations.Select(OrganisationRow.Of)],
            ["ID", "ORGANISATION", "IDENTIFIER"],
            organisation => [Number(organisation.Id), string.Join(" / ", organisation.Path), organisation.Identifier])),
        AddOrganisation(runner),
        EditOrganisation(runner),
        DeleteOrganisation(runner),
    };

    /// <summary>The category of that name.</summary>
    /// <exception cref="VerbFailureException">There is none; it says which there are.</exception>
    public static async Task<DomainCategoryInfo> FindCategoryAsync(VerbRun run, string category)
    {
        var known = (await LabelsAsync(run)).Categories;
        return known.FirstOrDefault(one => one.Name == category.Trim())
            ?? throw new VerbFailureException($"There is no category \"{category}\"; there {(known.Count > 0 ? $"are {string.Join(", ", known.Select(one => one.Name))}" : "is none yet")}.");
    }

    private static Verb AddCategory(VerbRunner runner)
    {
        var name = new Argument<string>("NAME") { Description = "1 to 64 lower-case letters, digits and hyphens." };
        return new Verb("add", "Add a category; one of that name is left as it is.", "Portal domains categories add university") { name }.Does(runner, async run =>
        {
            var asked = run.Parsed.GetRequiredValue(name);
            var (changed, _) = VerbRun.Expect(await run.Door<IDomainLabelAdmin>().AddCategoryAsync(asked, Operator.CommandLine, run.CancellationToken));
            var now = CategoryRow.Of(await FindCategoryAsync(run, asked));
            run.Print.Answer(new { Changed = changed, Category = now }, changed ? $"Added category {now.Name}." : $"There is a category {now.Name} already.");
        });
    }

    private static Verb DeleteCategory(VerbRunner runner)
    {
        var name = new Argument<string>("NAME") { Description = "The category's name." };
        return new Verb("delete", "Take a category off the list; domains of it have none then.", "Portal domains categories delete university") { name }.Does(runner, async run =>
        {
            var found = await FindCategoryAsync(run, run.Parsed.GetRequiredValue(name));
            VerbRun.Expect(await run.Door<IDomainLabelAdmin>().DeleteCategoryAsync(found.Id, Operator.CommandLine, run.CancellationToken));
            run.Print.Answer(new { Changed = true, Category = CategoryRow.Of(found) }, $"Deleted category {found.Name}.");
        });
    }

    private static Verb AddOrganisation(VerbRunner runner)
    {
        var (name, parent, identifier) = (new Argument<string>("NAME") { Description = "What it is called." }, ParentOption(), IdentifierOption());
        return new Verb(
            "add",
            "Add an organisation.",
            "Portal domains organisations add \"University of London\" --identifier https://ror.org/04cw6st05",
            "Portal domains organisations add \"Department of Physics\" --parent 1") { name, parent, identifier }.Does(runner, async run =>
        {
            var wanted = new OrganisationEdit(run.Parsed.GetRequiredValue(name), ParentOf(run.Parsed.GetValue(parent)), run.Parsed.GetValue(identifier));
            var outcome = await run.Door<IDomainLabelAdmin>().AddOrganisationAsync(wanted, Operator.CommandLine, run.CancellationToken);
            VerbRun.Expect(outcome);
            var made = OrganisationRow.Of(await FindAsync(run, ((AdminOutcome.Done)outcome).MadeId!.Value));
            run.Print.Answer(new { Changed = true, Organisation = made }, $"Added organisation {Number(made.Id)}, {string.Join(" / ", made.Path)}.");
        });
    }

    private static Verb EditOrganisation(VerbRunner runner)
    {
        var (id, parent, identifier) = (IdArgument(), ParentOption(), IdentifierOption());
        var name = VerbOptions.Text("--name", "What it is called from now on.", "NAME");
        return new Verb(
            "edit",
            "Rename an organisation, move it with its parts, or say how the world names it; what is not named stays.",
            "Portal domains organisations edit 2 --name \"Institute of Physics\"",
            "Portal domains organisations edit 2 --parent 0") { id, name, parent, identifier }.Does(runner, async run =>
        {
            var found = await FindAsync(run, run.Parsed.GetRequiredValue(id));
            var wanted = new OrganisationEdit(
                run.Parsed.GetValue(name) ?? found.Name,
                run.Parsed.GetValue(parent) is { } above ? ParentOf(above) : found.ParentId,
                run.Parsed.GetValue(identifier) ?? found.Identifier);
            // What is not named is as it was read: somebody's change of it meanwhile is not undone.
            var (changed, _) = VerbRun.Expect(await run.Door<IDomainLabelAdmin>().EditOrganisationAsync(
                found.Id, wanted, Operator.CommandLine with { Seen = found.Version }, run.CancellationToken));
            var now = OrganisationRow.Of(await FindAsync(run, found.Id));
            run.Print.Answer(
                new { Changed = changed, Organisation = now }, changed ? $"Organisation {Number(now.Id)} is {string.Join(" / ", now.Path)}." : $"{now.Name} stays as it was.");
        });
    }

    private static Verb DeleteOrganisation(VerbRunner runner)
    {
        var id = IdArgument();
        return new Verb("delete", "Take an organisation without parts off the tree; domains of it have none then.", "Portal domains organisations delete 2") { id }.Does(runner, async run =>
        {
            var found = await FindAsync(run, run.Parsed.GetRequiredValue(id));
            VerbRun.Expect(await run.Door<IDomainLabelAdmin>().DeleteOrganisationAsync(found.Id, Operator.CommandLine, run.CancellationToken));
            run.Print.Answer(new { Changed = true, Organisation = OrganisationRow.Of(found) }, $"Deleted organisation {Number(found.Id)}, {string.Join(" / ", found.Path)}.");
        });
    }

    private static Argument<long> IdArgument() => new("ID") { Description = "The organisation's number, as the list shows it." };

    private static Option<long?> ParentOption() => VerbOptions.Number("--parent", "The number of the organisation of which it is a part; 0 for none.", "ID", least: 0);

    private static Option<string?> IdentifierOption() =>
        new("--identifier") { Description = "How the world names it beyond doubt, such as its ROR address; empty for nothing known.", HelpName = "TEXT" };

    private static long? ParentOf(long? asked) => asked is 0 ? null : asked;

    private static Task<DomainLabels> LabelsAsync(VerbRun run) => run.Door<IDomainLabelAdmin>().ListAsync(run.CancellationToken);

    private static async Task<OrganisationInfo> FindAsync(VerbRun run, long id) =>
        (await LabelsAsync(run)).Organisations.FirstOrDefault(found => found.Id == id) ?? throw new VerbFailureException($"There is no organisation {Number(id)}.");

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed record CategoryRow(long Id, string Name)
    {
        public static CategoryRow Of(DomainCategoryInfo category) => new(category.Id, category.Name);
    }

    private sealed record OrganisationRow(long Id, string Name, string? Identifier, long? Parent, IReadOnlyList<string> Path, string Version)
    {
        public static OrganisationRow Of(OrganisationInfo found) => new(found.Id, found.Name, found.Identifier, found.ParentId, found.Path, found.Version);
    }
}
