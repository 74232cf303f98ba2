namespace Portal.Accounts.Users;

/// <summary>
/// How profile fields and preferences are named where both stand side by side: <c>profile.</c> or <c>preferences.</c>, then
/// the field's own name.
/// </summary>
public static class PreferenceNames
{
    /// <summary>What the name of a profile field starts with.</summary>
    public const string ProfilePrefix = "profile.";

    /// <summary>What the name of a preference starts with.</summary>
    public const string PreferencesPrefix = "preferences.";

    /// <summary>Who may find the profile: <c>public</c> or <c>restricted</c>.</summary>
    public const string Visibility = PreferencesPrefix + "visibility";

    /// <summary>Who may see the address: <c>public</c> or <c>restricted</c>.</summary>
    public const string EmailVisibility = PreferencesPrefix + "email_visibility";

    /// <summary>A tag of <see cref="SiteLanguages"/>; null for the site's own.</summary>
    public const string Language = PreferencesPrefix + "language";

    /// <summary>A name of <see cref="SiteTimeZones"/>; null for the browser's zone, and UTC in mails.</summary>
    public const string TimeZone = PreferencesPrefix + "time_zone";

    /// <summary><c>system</c>, <c>light</c> or <c>dark</c>.</summary>
    public const string Theme = PreferencesPrefix + "theme";

    /// <summary>All preferences.</summary>
    public static IReadOnlyList<string> All { get; } = [Visibility, EmailVisibility, Language, TimeZone, Theme];

    /// <summary>The name of a profile field beside preferences.</summary>
    /// <param name="field">The field's own name.</param>
    public static string OfProfile(string field) => ProfilePrefix + field;
}
