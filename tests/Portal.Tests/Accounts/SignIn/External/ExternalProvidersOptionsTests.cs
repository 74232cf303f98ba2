using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Portal.Accounts;
using Portal.Testing;

namespace Portal.Tests.Accounts.SignIn.External;

public sealed class ExternalProvidersOptionsTests
{
    [Theory]
    [InlineData("Scheme", "Example", "ExternalProviders:0:Scheme is \"Example\"; give a lower-case letter followed by lower-case letters, digits and hyphens, 32 at most.")]
    [InlineData("DisplayName", "", "ExternalProviders:0:DisplayName is \"\"; give 1 to 60 characters without spaces around them.")]
    [InlineData("Authority", "http://id.example.org", "ExternalProviders:0:Authority is \"http://id.example.org\"; give the provider's issuer, an absolute https address without a query (http only on a loopback host).")]
    [InlineData("ClientId", "", "ExternalProviders:0:ClientId is empty; give the id that the provider gave the portal.")]
    [InlineData("ClientSecret", " ", "ExternalProviders:0:ClientSecret is empty; give the secret that the provider gave the portal.")]
    [InlineData("Scopes", "email profile", "ExternalProviders:0:Scopes is \"email profile\"; give names separated by single spaces, openid among them.")]
    public void A_wrong_value_is_told_with_what_is_accepted(string key, string value, string failure) =>
        Assert.Equal([failure], FailuresOf(Settings(0).Append(new($"ExternalProviders:0:{key}", value))));

    [Fact]
    public void Right_values_are_accepted() => Assert.Empty(FailuresOf(Settings(0)));

    [Fact]
    public void Two_providers_of_one_name_are_one_too_many() =>
        Assert.Equal(["ExternalProviders:1:Scheme is \"example\", which another provider has."], FailuresOf([.. Settings(0), .. Settings(1)]));

    [Fact]
    public void No_secret_is_repeated() => Assert.DoesNotContain(
        "the-secret",
        string.Join('\n', FailuresOf(Settings(0).Append(new("ExternalProviders:0:Scopes", "")).Append(new("ExternalProviders:0:DisplayName", "")))),
        StringComparison.Ordinal);

    [Fact]
    public async Task Without_providers_nobody_is_offered_one()
    {
        await using var host = await PortalHost.StartAsync();
        using var browser = host.CreateClient();

        Assert.DoesNotContain("Continue with", await browser.GetStringAsync("/login", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Empty(host.Get<IOptions<ExternalProvidersOptions>>().Value.Providers);
    }

    private static IEnumerable<string> FailuresOf(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var options = new ExternalProvidersOptions();
        new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(setting => setting.Key).Select(setting => setting.Last())).Build()
            .GetSection(ExternalProvidersOptions.Section).Bind(options.Providers);
        return new ExternalProvidersOptionsValidator().Validate(null, options).Failures ?? [];
    }

    private static IEnumerable<KeyValuePair<string, string?>> Settings(int index) =>
    [
        new($"ExternalProviders:{index}:Scheme", "example"),
        new($"ExternalProviders:{index}:DisplayName", "Example ID"),
        new($"ExternalProviders:{index}:Authority", "https://id.example.org/"),
        new($"ExternalProviders:{index}:ClientId", "portal"),
        new($"ExternalProviders:{index}:ClientSecret", "the-secret"),
    ];
}
