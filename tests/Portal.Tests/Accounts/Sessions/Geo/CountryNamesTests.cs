using System.Globalization;
using Portal.Accounts.Sessions.Geo;

namespace Portal.Tests.Accounts.Sessions.Geo;

public sealed class CountryNamesTests
{
    [Theory]
    [InlineData("CH", "en", "Switzerland")]
    [InlineData("CH", "de", "Schweiz")]
    [InlineData("CH", "fr-CA", "Suisse")]
    [InlineData("DE", "de-CH", "Deutschland")]
    [InlineData("DE", "fr", "Allemagne")]
    [InlineData("TW", "zh-Hant-TW", "台灣")]
    [InlineData("US", "en-GB", "United States")]
    [InlineData("ch", "en", "Switzerland")]
    [InlineData("JP", "", "Japan")]
    public void A_country_is_named_in_the_readers_language(string iso2, string culture, string name) =>
        Assert.Equal(name, CountryNames.NameOf(iso2, CultureInfo.GetCultureInfo(culture)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("C")]
    [InlineData("CHE")]
    [InlineData("ZZ")]
    [InlineData("XX")]
    [InlineData("A1")]
    [InlineData("\r\n")]
    public void A_code_that_is_no_countrys_has_no_name(string? iso2) =>
        Assert.Null(CountryNames.NameOf(iso2, CultureInfo.GetCultureInfo("en")));
}
