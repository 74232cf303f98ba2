using Portal.Accounts;

namespace Portal.Tests.Accounts;

public sealed class SiteTimeZonesTests
{
    [Fact]
    public void There_is_a_choice_and_everything_in_it_is_found()
    {
        Assert.Contains("UTC", SiteTimeZones.All);
        Assert.All(SiteTimeZones.All, name => Assert.Equal(name, SiteTimeZones.Find(name)));
        Assert.Equal(SiteTimeZones.All.Order(StringComparer.Ordinal), SiteTimeZones.All);
    }

    [Theory]
    [InlineData("Europe/Zurich", "Europe/Zurich")]
    [InlineData("europe/zurich", "Europe/Zurich")]
    [InlineData("utc", "UTC")]
    [InlineData("W. Europe Standard Time", null)]
    [InlineData("UTC+2", null)]
    [InlineData("../etc/localtime", null)]
    [InlineData("posix/Europe/Zurich", null)]
    [InlineData("posixrules", null)]
    [InlineData("", null)]
    public void A_zone_goes_by_its_IANA_name(string name, string? found) => Assert.Equal(found, SiteTimeZones.Find(name));
}
