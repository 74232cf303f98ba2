using System.Globalization;
using Portal.Accounts;

namespace Portal.Tests.Accounts;

public sealed class SiteLanguagesTests
{
    [Fact]
    public void Each_language_is_one_that_dates_can_be_written_in_and_calls_itself_by_its_own_name()
    {
        foreach (var language in SiteLanguages.All)
        {
            var culture = CultureInfo.GetCultureInfo(language.Tag, predefinedOnly: true);
            Assert.Equal(culture.NativeName, language.Name, ignoreCase: true);
        }
    }

    [Fact]
    public void The_sites_own_language_is_offered() => Assert.True(SiteLanguages.IsOffered(SiteLanguages.Default));

    [Theory]
    [InlineData("de", true)]
    [InlineData("DE", true)]
    [InlineData("de-CH", false)]
    [InlineData("", false)]
    [InlineData("pt", false)]
    public void Only_what_is_on_the_list_can_be_chosen(string tag, bool offered) => Assert.Equal(offered, SiteLanguages.IsOffered(tag));
}
