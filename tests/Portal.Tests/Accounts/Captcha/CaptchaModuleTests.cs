using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Accounts.Captcha;

namespace Portal.Tests.Accounts.Captcha;

public sealed class CaptchaModuleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_keys_nothing_is_asked_and_everybody_passes()
    {
        await using var provider = Services([]);
        var verifier = provider.GetRequiredService<ICaptchaVerifier>();

        Assert.False(verifier.IsRequired);
        Assert.Null(verifier.Widget);
        Assert.Equal(new CaptchaOutcome.Passed(), await verifier.VerifyAsync(null, "register", null, Token));
    }

    [Theory]
    [InlineData("SiteKey", "SecretKey")]
    [InlineData("SecretKey", "SiteKey")]
    public void One_key_alone_stops_the_start_with_one_line_that_does_not_repeat_it(string there, string lacking)
    {
        var failure = Assert.Single(StartFailures(($"Recaptcha:{there}", "k3y-value")));

        Assert.Contains($"Recaptcha:{lacking} is empty although Recaptcha:{there} is set", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("k3y-value", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VerifyUrl", "not an address")]
    [InlineData("VerifyUrl", "/siteverify")]
    [InlineData("VerifyUrl", "http://captcha.example/siteverify")]
    [InlineData("VerifyUrl", "ftp://captcha.example/siteverify")]
    [InlineData("ScriptUrl", "")]
    [InlineData("ScriptUrl", "http://captcha.example/api.js")]
    [InlineData("MinimumScore", "-0.1")]
    [InlineData("MinimumScore", "1.01")]
    [InlineData("MinimumScore", "NaN")]
    [InlineData("AttemptTimeout", "00:00:00")]
    [InlineData("AttemptTimeout", "00:00:09")]
    [InlineData("TotalTimeout", "00:02:00")]
    [InlineData("Kind", "7")]
    public void A_wrong_value_stops_the_start_and_is_named(string key, string value)
    {
        var failure = Assert.Single(StartFailures(($"Recaptcha:{key}", value)));

        Assert.StartsWith($"Recaptcha:{key} must be ", failure, StringComparison.Ordinal);
        Assert.Contains($"found '{value}'", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_wrong_value_is_named_at_once()
    {
        var failures = StartFailures(("Recaptcha:SiteKey", "x"), ("Recaptcha:VerifyUrl", "x"), ("Recaptcha:MinimumScore", "2"));

        Assert.Equal(3, failures.Count());
    }

    [Fact]
    public async Task Both_keys_and_a_loopback_address_start()
    {
        await using var provider = Services(
            [("Recaptcha:SiteKey", "a"), ("Recaptcha:SecretKey", "b"), ("Recaptcha:VerifyUrl", "http://localhost:9/siteverify")]);

        provider.GetRequiredService<IStartupValidator>().Validate();
        Assert.True(provider.GetRequiredService<ICaptchaVerifier>().IsRequired);
    }

    private static IEnumerable<string> StartFailures(params (string Key, string Value)[] settings)
    {
        using var provider = Services(settings);
        return Assert.Throws<OptionsValidationException>(provider.GetRequiredService<IStartupValidator>().Validate).Failures;
    }

    private static ServiceProvider Services((string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        return new ServiceCollection().AddLogging().AddCaptcha(configuration).BuildServiceProvider();
    }
}
