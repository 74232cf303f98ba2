using System.CommandLine;
using System.CommandLine.Parsing;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Cli;

/// <summary>Which users, as REST's list asks for them. Who is online only the server knows.</summary>
internal sealed class UserFilterOptions
{
    private readonly Option<string?> text = VerbOptions.Text("--query", "Whose address, username or full name holds this, or whose id it is.", "TEXT", "-q");
    private readonly Option<string?> state = VerbOptions.OneOf("--state", "In this state.", string.Join('|', UserStateNames.All), UserStateNames.All);
    private readonly Option<bool> verified = VerbOptions.Only("--verified", "Who is trusted.");
    private readonly Option<string?> secondFactor = VerbOptions.YesOrNo("--second-factor", "true: who has two-step verification; false: the others.");
    private readonly Option<bool> locked = VerbOptions.Only("--locked", "Who must wait after too many failed sign-ins.");
    private readonly Option<string?> role = VerbOptions.Text("--role", "Who has this role, by name.", "ROLE");
    private readonly Option<string?> domain = VerbOptions.Text("--domain", "Whose address is of this domain.", "DOMAIN");

    public void AddTo(Command verb)
    {
        foreach (var option in (Option[])[text, state, verified, secondFactor, locked, role, domain])
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>The filter; what does not fit narrows nothing here, for the verb does not run then.</summary>
    public UserFilter Read(CommandResult given) => new()
    {
        Text = given.GetValue(text),
        State = UserStateNames.FromName(given.GetValue(state)),
        IsVerified = given.GetValue(verified),
        HasSecondFactor = given.Flag(secondFactor),
        IsLocked = given.GetValue(locked),
        Role = given.GetValue(role),
        Domain = given.GetValue(domain),
    };
}
