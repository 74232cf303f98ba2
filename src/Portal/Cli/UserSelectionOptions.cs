using System.CommandLine;
using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary>With whom something is done: who is all of what is named, or these, or everybody. Never everybody by omission.</summary>
internal sealed class UserSelectionOptions
{
    private readonly UserFilterOptions filter = new();
    private readonly Option<string[]> users = Several("--user", "This one: an id, an email address or a username. May be given several times.");
    private readonly Option<bool> everybody = new("--everybody") { Description = "All there are." };
    private readonly Option<string[]> except = Several("--except", "But for this one; may be given several times.");

    public void AddTo(Command verb)
    {
        filter.AddTo(verb);
        foreach (var option in (Option[])[users, everybody, except])
        {
            verb.Options.Add(option);
        }

        verb.Validators.Add(given =>
        {
            var ways = (bool[])[!filter.Read(given).IsEmpty, given.GetResult(users) is not null, given.GetValue(everybody)];
            if (ways.Count(isGiven => isGiven) != 1)
            {
                given.AddError("Say with whom in one way: by filters, by --user, or --everybody for all there are.");
            }
            else if (given.GetResult(users) is not null && given.GetResult(except) is not null)
            {
                given.AddError("--except goes with filters and --everybody: leave out the --user instead.");
            }
        });
    }

    /// <exception cref="VerbFailureException">Nobody is one who is named.</exception>
    public async Task<UserSelection> ReadAsync(VerbRun run)
    {
        var named = await IdsAsync(run, users);
        return named.Count > 0
            ? new UserSelection.Some(named)
            : new UserSelection.Matching(filter.Read(run.Parsed.CommandResult)) { Except = await IdsAsync(run, except) };
    }

    private static async Task<IReadOnlyCollection<long>> IdsAsync(VerbRun run, Option<string[]> option)
    {
        HashSet<long> ids = [];
        foreach (var user in run.Parsed.GetValue(option) ?? [])
        {
            ids.Add((await run.FindUserAsync(user)).Id);
        }

        return ids;
    }

    private static Option<string[]> Several(string name, string description) => new(name) { Description = description, HelpName = "USER" };
}
