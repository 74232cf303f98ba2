namespace Portal.Accounts;

/// <summary>The languages in which the portal writes to people; its pages are in English.</summary>
public static class SiteLanguages
{
    /// <summary>The site's own, for people who chose none: English.</summary>
    public const string Default = "en";

    /// <summary>What there is to choose from, in the order it is offered.</summary>
    public static IReadOnlyList<SiteLanguage> All { get; } = [new("en", "English"), new("de", "Deutsch"), new("fr", "Français")];

    /// <summary>Whether somebody may choose this very tag; its case does not matter.</summary>
    public static bool IsOffered(string tag) => All.Any(language => Is(language, tag));

    /// <summary>The offered tag nearest to another: itself, else its language without region, else <see cref="Default"/>.</summary>
    /// <param name="tag">A BCP 47 tag, or any other text; null for none.</param>
    public static string Nearest(string? tag) => Near(tag) ?? Default;

    /// <summary>The offered tag that is this one, else its language without region; null where there is neither.</summary>
    internal static string? Near(string? tag)
    {
        var primary = tag?.Split('-', '_')[0];
        return (All.FirstOrDefault(language => Is(language, tag)) ?? All.FirstOrDefault(language => Is(language, primary)))?.Tag;
    }

    private static bool Is(SiteLanguage language, string? tag) => string.Equals(language.Tag, tag, StringComparison.OrdinalIgnoreCase);
}
