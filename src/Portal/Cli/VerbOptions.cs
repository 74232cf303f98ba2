using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Portal.Cli;

/// <summary>Options of kinds that several verbs take. What does not fit is wrong usage, and told with what would.</summary>
internal static class VerbOptions
{
    /// <summary>A text. An empty one is refused: a script's variable that nobody set would narrow nothing.</summary>
    public static Option<string?> Text(string name, string description, string helpName, params string[] aliases)
    {
        var option = new Option<string?>(name, aliases) { Description = description, HelpName = helpName };
        option.Validators.Add(given =>
        {
            if (given.Tokens is [var only] && string.IsNullOrWhiteSpace(only.Value))
            {
                given.AddError($"{name} is empty: give {helpName}, or leave it out.");
            }
        });
        return option;
    }

    /// <summary>One of some words.</summary>
    public static Option<string?> OneOf(string name, string description, string helpName, params IReadOnlyCollection<string> words)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        Accept(option, words, string.Join(", ", words));
        return option;
    }

    /// <summary>Given or left out. It takes no word: "false" would narrow nothing.</summary>
    public static Option<bool> Only(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>true or false; null for what is left out.</summary>
    public static Option<string?> YesOrNo(string name, string description) => OneOf(name, description, "true|false", "true", "false");

    /// <summary>The order of a list: a column's name, behind a hyphen for descending.</summary>
    public static Option<string> Sort(string usual, IEnumerable<string> columns)
    {
        List<string> names = [.. columns];
        var option = new Option<string>("--sort")
        {
            Description = $"The order: {string.Join(", ", names)}; behind a hyphen descending.",
            HelpName = "COLUMN",
            DefaultValueFactory = _ => usual,
        };
        Accept(option, [.. names, .. names.Select(column => $"-{column}")], $"{string.Join(", ", names)}; behind a hyphen descending");
        return option;
    }

    /// <summary>No more than so many of a list.</summary>
    public static Option<long?> Limit() => Number("--limit", "No more than so many; all without it.", "N", least: 1);

    /// <summary>A whole number.</summary>
    public static Option<long?> Number(string name, string description, string helpName, long least)
    {
        var option = new Option<long?>(name) { Description = description, HelpName = helpName };
        option.Validators.Add(given =>
        {
            if (given.Tokens is [var only] && !(long.TryParse(only.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least))
            {
                given.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} takes a whole number from {least}."));
            }
        });
        return option;
    }

    /// <summary>What <see cref="YesOrNo"/> holds.</summary>
    public static bool? Flag(this CommandResult given, Option<string?> option) => given.GetValue(option) is { } word ? word == "true" : null;

    // The framework's own AcceptOnlyFromAmong takes several lines to say so, and does not say of which option.
    private static void Accept(Option option, IReadOnlyCollection<string> words, string accepted)
    {
        option.CompletionSources.Add([.. words]);
        option.Validators.Add(given =>
        {
            if (given.Tokens is [var only] && !words.Contains(only.Value))
            {
                given.AddError($"{option.Name} is \"{only.Value}\"; it takes {accepted}.");
            }
        });
    }
}
