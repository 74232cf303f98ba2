using Portal.Accounts.Data;

namespace Portal.Accounts.Users;

/// <summary>What a user's two columns of their own wishes hold, field by field, as <see cref="PreferenceNames"/> calls them.</summary>
internal sealed class ProfileValues(ProfileSchema schema)
{
    /// <summary>Every field of the profile and every preference; null where it is empty.</summary>
    public Dictionary<string, string?> Of(User user)
    {
        var preferences = UserPreferences.Read(user.Preferences);
        var values = schema.Values(user.Profile).ToDictionary(field => PreferenceNames.OfProfile(field.Key), field => field.Value);
        values[PreferenceNames.Visibility] = preferences.Visibility;
        values[PreferenceNames.EmailVisibility] = preferences.EmailVisibility;
        values[PreferenceNames.Language] = preferences.Language;
        values[PreferenceNames.TimeZone] = preferences.TimeZone;
        values[PreferenceNames.Theme] = preferences.Theme ?? "system";
        return values;
    }

    /// <summary>Writes checked changes into the columns. Answers the bare names of what changed in each.</summary>
    public static (IReadOnlyCollection<string> Profile, IReadOnlyCollection<string> Preferences) Apply(
        User user, IReadOnlyCollection<KeyValuePair<string, string?>> changes)
    {
        var profile = Under(PreferenceNames.ProfilePrefix, changes);
        if (profile.Count > 0)
        {
            user.Profile = ProfileSchema.Write(user.Profile, profile);
        }

        var preferences = Under(PreferenceNames.PreferencesPrefix, changes);
        if (preferences.Count > 0)
        {
            user.Preferences = changes.Aggregate(UserPreferences.Read(user.Preferences), With).Write();
        }

        return (profile.Keys, preferences.Keys);
    }

    private static Dictionary<string, string?> Under(string prefix, IEnumerable<KeyValuePair<string, string?>> changes) => changes
        .Where(change => change.Key.StartsWith(prefix, StringComparison.Ordinal))
        .ToDictionary(change => change.Key[prefix.Length..], change => change.Value);

    private static UserPreferences With(UserPreferences preferences, KeyValuePair<string, string?> change) => change.Key switch
    {
        PreferenceNames.Visibility => preferences with { Visibility = change.Value! },
        PreferenceNames.EmailVisibility => preferences with { EmailVisibility = change.Value! },
        PreferenceNames.Language => preferences with { Language = change.Value },
        PreferenceNames.TimeZone => preferences with { TimeZone = change.Value },
        PreferenceNames.Theme => preferences with { Theme = change.Value is "light" or "dark" ? change.Value : null },
        _ => preferences,
    };
}
