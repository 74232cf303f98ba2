using Portal.Controls;

namespace Portal.Tests.Web.Controls;

public sealed class TryAgainTests
{
    [Theory]
    [InlineData("00:00:00", "a second")]
    [InlineData("00:00:00.2", "a second")]
    [InlineData("00:00:58.5", "59 seconds")]
    [InlineData("00:00:59.5", "a minute")]
    [InlineData("00:01:01", "2 minutes")]
    [InlineData("00:59:59", "60 minutes")]
    [InlineData("02:00:00", "120 minutes")]
    [InlineData("02:00:01", "3 hours")]
    [InlineData("1.00:00:00", "24 hours")]
    public void A_wait_is_told_in_the_unit_that_fits_and_never_too_short(string wait, string words) =>
        Assert.Equal($"Try again in {words}.", TryAgain.In(TimeSpan.Parse(wait, System.Globalization.CultureInfo.InvariantCulture)));
}
