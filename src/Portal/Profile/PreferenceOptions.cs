using Portal.Accounts;
using Portal.Accounts.Users;
using Portal.Controls;

namespace Portal.Profile;

/// <summary>What there is to choose from, in words.</summary>
internal static class PreferenceOptions
{
    private static readonly IReadOnlyList<LiveOption> ZoneOptions =
    [
        new("", "This browser's own"),
        .. SiteTimeZones.All.Select(Zone).OrderBy(option => option.Group is null).ThenBy(option => option.Group, StringComparer.Ordinal).ThenBy(option => option.Words, StringComparer.Ordinal),
    ];

    public static IReadOnlyList<LiveOption> Visibility { get; } =
    [
        new("public", "Public", Hint: "Everybody who uses this site."),
        new("restricted", "Restricted", Hint: "Only the people who run it."),
    ];

    public static IReadOnlyList<LiveOption> Themes { get; } = [new("system", "Follow the system"), new("light", "Light"), new("dark", "Dark")];

    public static IReadOnlyList<LiveOption> Languages { get; } =
    [
        new("", $"The site's own ({SiteLanguages.All.First(language => language.Tag == SiteLanguages.Default).Name})"),
        .. SiteLanguages.All.Select(language => new LiveOption(language.Tag, language.Name, Lang: language.Tag)),
    ];

    /// <summary>By continent; with the zone a person has under a former name.</summary>
    public static IReadOnlyList<LiveOption> Zones(string? chosen) =>
        chosen is null || SiteTimeZones.All.Contains(chosen) ? ZoneOptions : [.. ZoneOptions, Zone(chosen)];

    /// <summary>What the page calls a preference.</summary>
    public static string Label(string name) => name switch
    {
        PreferenceNames.Visibility => "Who may find your profile",
        PreferenceNames.EmailVisibility => "Who may see your email address",
        PreferenceNames.Language => "Language of mails",
        PreferenceNames.TimeZone => "Time zone",
        PreferenceNames.Theme => "Light or dark",
        _ => name,
    };

    /// <summary>A value in the words it is chosen by; as it is, where it is none of ours.</summary>
    public static string Words(string name, string value) => (name switch
    {
        PreferenceNames.Visibility or PreferenceNames.EmailVisibility => Visibility,
        PreferenceNames.Language => Languages,
        PreferenceNames.TimeZone => Zones(value),
        PreferenceNames.Theme => Themes,
        _ => [],
    }).FirstOrDefault(option => option.Value == value)?.Words ?? value;

    private static LiveOption Zone(string name)
    {
        var words = name.Replace('_', ' ').Split('/', 2);
        return words.Length == 2 ? new(name, words[1].Replace("/", ", "), words[0]) : new(name, name);
    }
}
