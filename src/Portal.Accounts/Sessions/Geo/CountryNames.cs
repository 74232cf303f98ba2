using System.Globalization;

namespace Portal.Accounts.Sessions.Geo;

/// <summary>Names of countries in the reader's language.</summary>
public static class CountryNames
{
    /// <summary>The country's name in the culture's language, English for the invariant culture; null for no code and for one that is no country's.</summary>
    /// <param name="iso2">ISO 3166-1 alpha-2, in any case.</param>
    /// <param name="culture">Whose language; its region does not matter.</param>
    public static string? NameOf(string? iso2, CultureInfo culture)
    {
        if (iso2 is not [var first, var second] || !char.IsAsciiLetter(first) || !char.IsAsciiLetter(second))
        {
            return null;
        }

        try
        {
            var country = new RegionInfo(iso2);
            // DisplayName keeps the language it was first asked in for the whole process. A region's own name in "the
            // German of France" is what Germans call France, and depends on nothing around it.
            return new RegionInfo($"{LanguageOf(culture)}-{country.TwoLetterISORegionName}").NativeName;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string LanguageOf(CultureInfo culture)
    {
        while (!culture.IsNeutralCulture && culture.Name.Length > 0)
        {
            culture = culture.Parent;
        }

        return culture.Name.Length > 0 ? culture.Name : "en";
    }
}
