using System.CommandLine;
using System.Text.RegularExpressions;
using Portal.Cli;

namespace Portal.Tests.Web.Cli;

public sealed partial class VerbExamplesTests
{
    private static readonly RootCommand Root =
        Verbs.Root(new VerbRunner([], new VerbConsole(TextReader.Null, TextWriter.Null, TextWriter.Null) { AskSecret = _ => "" }));

    [Fact]
    public void Every_verb_says_what_it_does_and_shows_how()
    {
        var verbs = Leaves(Root).ToList();

        Assert.NotEmpty(verbs);
        Assert.All(verbs, verb => Assert.EndsWith(".", verb.Description, StringComparison.Ordinal));
        Assert.All(verbs, verb => Assert.NotEmpty(Assert.IsType<Verb>(verb).Examples));
        Assert.All(verbs.SelectMany(verb => verb.Options), option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
    }

    [Fact]
    public void Every_example_is_understood_and_is_one_of_its_verb() => Assert.All(Leaves(Root).Cast<Verb>(), verb => Assert.All(verb.Examples, example =>
    {
        // What stands around it is the shell's, as the quotes are.
        var typed = example[(example.IndexOf("Portal ", StringComparison.Ordinal) + "Portal ".Length)..].Split(')', '>', '<', '|')[0];
        var words = Word().Matches(typed).Select(match => match.Groups.Values.Skip(1).First(group => group.Success).Value);
        var parsed = Root.Parse(VerbArguments.Split([.. words]).Verb);

        Assert.Empty(parsed.Errors.Select(error => error.Message));
        Assert.Equal(verb, parsed.CommandResult.Command);
    }));

    [GeneratedRegex("""'([^']*)'|"([^"]*)"|(\S+)""")]
    private static partial Regex Word();

    internal static IEnumerable<Command> Leaves(Command command) => command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);
}
