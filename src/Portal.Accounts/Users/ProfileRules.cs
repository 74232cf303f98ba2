
namespace Portal.Accounts.Users;

/// <summary>What an edit may hold. Checking changes nothing.</summary>
internal sealed class ProfileRules(ProfileSchema schema)
{
    private const string System = "system";

    /// <summary>The changes in the form they are stored in, and what is wrong with the others.</summary>
    public (Dictionary<string, string?> Values, List<FieldError> Errors) Check(IReadOnlyDictionary<string, string?> changes)
    {
        Dictionary<string, string?> values = [];
        List<FieldError> errors = [];
        foreach (var (name, typed) in changes)
        {
            var (value, error) = name.StartsWith(PreferenceNames.ProfilePrefix, StringComparison.Ordinal)
                ? schema.Check(name[PreferenceNames.ProfilePrefix.Length..], typed)
                : Preference(name, string.IsNullOrWhiteSpace(typed) ? null : typed.Trim());
            if (error is null)
            {
                values[name] = value;
            }
            else
            {
                errors.Add(new FieldError(name, error));
            }
        }

        return (values, errors);
    }

    private static (string? Value, string? Error) Preference(string name, string? value) => name switch
    {
        PreferenceNames.Visibility => value is "public" or "restricted" ? (value, null) : (null, "Visibility must be public or restricted."),
        PreferenceNames.EmailVisibility => value is "public" or "restricted" ? (value, null) : (null, "Email visibility must be public or restricted."),
        PreferenceNames.Language => value is null ? (null, null)
            : SiteLanguages.IsOffered(value) ? (SiteLanguages.Nearest(value), null)
            : (null, $"Language must be one of: {string.Join(", ", SiteLanguages.All.Select(language => language.Tag))}; or nothing, for the site's own."),
        PreferenceNames.TimeZone => value is null ? (null, null)
            : SiteTimeZones.Find(value) is { } zone ? (zone, null)
            : (null, "Time zone must be a name of the IANA time zone database, like Europe/Zurich; or nothing, for the browser's own."),
        PreferenceNames.Theme => value is null or System ? (System, null)
            : value is "light" or "dark" ? (value, null)
            : (null, "Theme must be system, light or dark."),
        _ => (null, $"There is no preference \"{Own(name)}\". The preferences are: {string.Join(", ", PreferenceNames.All.Select(Own))}."),
    };

    private static string Own(string name) =>
        name.StartsWith(PreferenceNames.PreferencesPrefix, StringComparison.Ordinal) ? name[PreferenceNames.PreferencesPrefix.Length..] : name;
}
