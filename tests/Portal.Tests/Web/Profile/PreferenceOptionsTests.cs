using Portal.Accounts.Users;
using Portal.Profile;

namespace Portal.Tests.Web.Profile;

public sealed class PreferenceOptionsTests
{
    [Fact]
    public void Zones_stand_under_their_continent_by_their_place_after_the_browsers_own()
    {
        var zones = PreferenceOptions.Zones(null);

        Assert.Equal(("", null), (zones[0].Value, zones[0].Group));
        Assert.Contains(zones, zone => zone is { Value: "America/Argentina/Buenos_Aires", Words: "Argentina, Buenos Aires", Group: "America" } or { Value: "UTC", Words: "UTC", Group: null });
        var groups = zones.Skip(1).Select(zone => zone.Group).ToList();
        // Each heading once.
        Assert.Equal(groups.Distinct().Count(), groups.Zip(groups.Skip(1)).Count(pair => pair.First != pair.Second) + 1);
    }

    [Fact]
    public void A_zone_under_a_former_name_can_be_kept() =>
        Assert.Contains(PreferenceOptions.Zones("Europe/Kiev"), zone => zone is { Value: "Europe/Kiev", Words: "Kiev", Group: "Europe" });

    [Theory]
    [InlineData(PreferenceNames.Theme, "dark", "Dark")]
    [InlineData(PreferenceNames.Language, "fr", "Français")]
    [InlineData(PreferenceNames.EmailVisibility, "public", "Public")]
    [InlineData("profile.full_name", "Ada", "Ada")]
    public void A_value_is_told_in_the_words_it_is_chosen_by(string name, string value, string words) => Assert.Equal(words, PreferenceOptions.Words(name, value));
}
