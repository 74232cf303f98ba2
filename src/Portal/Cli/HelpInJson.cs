using System.CommandLine;

namespace Portal.Cli;

/// <summary>The help of a verb or a group of verbs, for programs: what is in the printed one.</summary>
internal static class HelpInJson
{
    public static object Of(Command command) => new
    {
        Command = NameOf(command),
        command.Description,
        Arguments = command.Arguments.Where(argument => !argument.Hidden).Select(argument => new
        {
            argument.Name,
            argument.Description,
            Required = argument.Arity.MinimumNumberOfValues > 0,
            Several = argument.Arity.MaximumNumberOfValues > 1,
        }),
        Options = OptionsOf(command).Select(option => new
        {
            option.Name,
            Aliases = option.Aliases.Order(StringComparer.Ordinal),
            option.Description,
            Value = option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? null : option.HelpName ?? option.Name.TrimStart('-'),
            option.Required,
            Several = option.Arity.MaximumNumberOfValues > 1,
        }),
        Verbs = command.Subcommands.Where(verb => !verb.Hidden).Select(verb => new { verb.Name, verb.Description }),
        Examples = (command as Verb)?.Examples ?? [],
    };

    /// <summary>As it is typed behind the program's name; empty for the program itself.</summary>
    private static string NameOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } group
        ? $"{NameOf(group)} {command.Name}".TrimStart()
        : "";

    /// <summary>Its own, then those that every verb below a group takes.</summary>
    private static IEnumerable<Option> OptionsOf(Command command)
    {
        var own = command.Options.Where(option => !option.Hidden);
        return command.Parents.OfType<Command>().FirstOrDefault() is { } group
            ? own.Concat(OptionsOf(group).Where(option => option.Recursive))
            : own;
    }
}
