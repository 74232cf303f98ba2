using System.CommandLine;

namespace Portal.Benchmarks.Verbs;

/// <summary>An option that is a number of something, at least one.</summary>
internal static class CountOption
{
    public static Option<int> Of(string name, int usual, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var count) && count < 1)
            {
                result.AddError($"{name} is {count}; give at least 1.");
            }
        });
        return option;
    }
}
