using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Portal.Accounts.Users;

internal sealed partial class ProfilesOptionsValidator : IValidateOptions<ProfilesOptions>
{
    private const int MaxFields = 40;
    private const int LongestText = 4000;

    public ValidateOptionsResult Validate(string? name, ProfilesOptions options)
    {
        List<string> failures = [];
        HashSet<string> names = [];
        if (options.Fields.Count > MaxFields)
        {
            failures.Add(string.Create(CultureInfo.InvariantCulture, $"Profiles:Fields has {options.Fields.Count} entries; give at most {MaxFields}."));
        }

        foreach (var (index, field) in options.Fields.Index().Where(entry => entry.Item.Name.Length > 0))
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"Profiles:Fields:{index}");
            Demand(Name().IsMatch(field.Name), $"{key}:Name is \"{field.Name}\"; give a lower-case letter followed by lower-case letters, digits and underscores, 63 at most.");
            Demand(names.Add(field.Name), $"{key}:Name is \"{field.Name}\", which another field has.");
            Demand(!string.IsNullOrWhiteSpace(field.Label), $"{key}:Label is empty; say what the page calls the field.");
            Demand(Enum.IsDefined(field.Kind), $"{key}:Kind is \"{field.Kind}\"; give {string.Join(", ", Enum.GetNames<ProfileFieldKind>())}.");
            Demand(field.MaxLength is > 0 and <= LongestText, string.Create(CultureInfo.InvariantCulture, $"{key}:MaxLength is \"{field.MaxLength}\"; give 1 to {LongestText}."));
            Demand(Tokens().IsMatch(field.Autocomplete), $"{key}:Autocomplete is \"{field.Autocomplete}\"; give tokens of the HTML standard, such as organization.");
            Demand(
                field.Kind is ProfileFieldKind.Choice == field.Choices.Count > 0,
                $"{key}:Choices has {field.Choices.Count.ToString(CultureInfo.InvariantCulture)} entries and {key}:Kind is {field.Kind}; a choice needs some, anything else takes none.");
            Demand(
                field.Choices.All(choice => choice.Length > 0 && choice.Length <= field.MaxLength && TypedText.Normalize(choice) == choice) && field.Choices.Distinct().Count() == field.Choices.Count,
                $"{key}:Choices must differ, and each be a text within {key}:MaxLength without spaces around it.");
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;

        void Demand(bool holds, string failure)
        {
            if (!holds)
            {
                failures.Add(failure);
            }
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$")]
    private static partial Regex Name();

    [GeneratedRegex("^[a-z0-9 -]*$")]
    private static partial Regex Tokens();
}
