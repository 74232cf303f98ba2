using Portal.Accounts.RateLimits;

namespace Portal.Tests.Accounts.RateLimits;

public sealed class RateLimitTests
{
    [Theory]
    [InlineData("5 failures per 15 minutes", 5, "00:15:00")]
    [InlineData("1 failure per minute", 1, "00:01:00")]
    [InlineData("3 per hour", 3, "01:00:00")]
    [InlineData("10 per 2 days", 10, "2.00:00:00")]
    [InlineData("100000 per 30 seconds", 100_000, "00:00:30")]
    public void A_limit_reads_as_it_is_written(string text, int count, string window) =>
        Assert.Equal(new RateLimit(count, TimeSpan.Parse(window, System.Globalization.CultureInfo.InvariantCulture)), RateLimit.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("0 per hour")]
    [InlineData("-1 per hour")]
    [InlineData("5 per 0 hours")]
    [InlineData("5 per week")]
    [InlineData("5 per hour ")]
    [InlineData("five per hour")]
    [InlineData("100001 per hour")]
    [InlineData("5 Failures per hour")]
    public void Anything_else_is_none(string? text) => Assert.Null(RateLimit.Parse(text));

    [Fact]
    public void A_whole_address_has_ten_times_as_much() => Assert.Equal(RateLimit.Parse("50 per 15 minutes"), RateLimit.Parse("5 per 15 minutes")!.PerAddress);

    [Fact]
    [Trait("ASVS", "6.1.1")]
    public void The_shipped_limits_are_the_documented_ones()
    {
        var options = new RateLimitsOptions();

        Assert.Equal(("5 failures per 15 minutes", "3 per hour", "10 per hour"), (options.SignIn, options.Confirmation, options.Registration));
        Assert.Equal(("20 per hour", "60 per hour", "10 per hour"), (options.Picture, options.Profile, options.Export));
        Assert.True(new RateLimitsOptionsValidator().Validate(null, options).Succeeded);
    }

    [Fact]
    public void Every_limit_is_checked()
    {
        foreach (var limit in typeof(RateLimitsOptions).GetProperties())
        {
            var options = new RateLimitsOptions();
            limit.SetValue(options, "often");

            Assert.StartsWith($"RateLimits:{limit.Name} is \"often\"", Assert.Single(new RateLimitsOptionsValidator().Validate(null, options).Failures!));
        }
    }

    [Fact]
    public void Wrong_settings_are_all_named()
    {
        var result = new RateLimitsOptionsValidator().Validate(null, new RateLimitsOptions { SignIn = "often", Confirmation = "", Registration = "1 per second" });

        Assert.Equal(2, result.Failures!.Count());
        Assert.Contains("RateLimits:SignIn is \"often\"", result.FailureMessage);
        Assert.Contains("RateLimits:Confirmation is \"\"", result.FailureMessage);
    }
}
