using System.CommandLine;
using System.Text.Json;
using Portal.Cli;

namespace Portal.Tests.Web.Cli;

public sealed class HelpInJsonTests : IDisposable
{
    private static readonly RootCommand Root = Verbs.Root(new VerbRunner([], new VerbConsole(TextReader.Null, TextWriter.Null, TextWriter.Null)));

    private readonly CommandLine _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Each_verb_tells_programs_what_it_tells_people()
    {
        foreach (var verb in VerbExamplesTests.Leaves(Root).Cast<Verb>())
        {
            var help = await _cli.JsonAsync([.. PathOf(verb), "--help"]);

            Assert.Equal(string.Join(' ', PathOf(verb)), help.GetProperty("command").GetString());
            Assert.Equal(verb.Description, help.GetProperty("description").GetString());
            Assert.Equal(verb.Arguments.Select(argument => argument.Name), Names(help, "arguments"));
            Assert.Equal([.. verb.Options.Select(option => option.Name), "--help", "--json"], Names(help, "options"));
            Assert.Equal(verb.Examples, help.GetProperty("examples").EnumerateArray().Select(example => example.GetString()));
        }
    }

    [Fact]
    public async Task A_group_lists_its_verbs_and_the_program_its_groups()
    {
        Assert.Equal(Root.Subcommands.Select(group => group.Name), Names(await _cli.JsonAsync("--help"), "verbs"));
        Assert.Equal(["migrate", "status", "copy"], Names(await _cli.JsonAsync("db", "--help"), "verbs"));
    }

    [Fact]
    public async Task An_option_says_its_other_names_and_what_it_takes()
    {
        var options = (await _cli.JsonAsync("users", "create", "--help")).GetProperty("options").EnumerateArray().ToDictionary(option => option.GetProperty("name").GetString()!);
        var copy = (await _cli.JsonAsync("db", "copy", "--help")).GetProperty("options")[0];

        Assert.Equal("-a", options["--active"].GetProperty("aliases")[0].GetString());
        Assert.Equal(JsonValueKind.Null, options["--active"].GetProperty("value").ValueKind);
        Assert.True(options["--role"].GetProperty("several").GetBoolean());
        Assert.Equal(("--to", "Sqlite|SqlServer", true), (copy.GetProperty("name").GetString(), copy.GetProperty("value").GetString(), copy.GetProperty("required").GetBoolean()));
    }

    private static IEnumerable<string> PathOf(Command verb) => verb.Parents.OfType<Command>().FirstOrDefault(group => group is not RootCommand) is { } group
        ? [.. PathOf(group), verb.Name]
        : [verb.Name];

    private static IEnumerable<string?> Names(JsonElement help, string list) => help.GetProperty(list).EnumerateArray().Select(one => one.GetProperty("name").GetString());
}
