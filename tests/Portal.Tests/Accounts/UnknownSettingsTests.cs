using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Accounts;
using Portal.Testing;
using Portal.Tests.House;

namespace Portal.Tests.Accounts;

public sealed class UnknownSettingsTests
{
    [Theory]
    [InlineData("Sessions:IdleTimout")]
    [InlineData("Portal:IsSecure")]
    [InlineData("Portal:SiteName:Length")]
    [InlineData("Profiles:Fields:0:Maximum")]
    [InlineData("ExternalProviders:0:Secret")]
    public void What_no_options_have_is_told(string key) => Assert.Equal([key], In(key));

    [Theory]
    [InlineData("sessions:idletimeout")]
    [InlineData("Profiles:Fields:0:Choices:7")]
    [InlineData("ExternalProviders:0:ClientSecret")]
    [InlineData("Somebody:Elses")]
    public void What_they_have_is_not_nor_what_is_none_of_the_portals(string key) => Assert.Empty(In(key));

    [Fact]
    public void It_looks_into_every_section()
    {
        var keys = OptionsClass.All.Select(options => $"{options.Section}:{(options.Type == typeof(ExternalProvidersOptions) ? "0:" : "")}Nonsense").Order(StringComparer.Ordinal);

        Assert.Equal(keys, In([.. keys]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_start_says_it_without_its_value()
    {
        var log = new RecordedLog();
        await using (await PortalHost.StartAsync(options =>
        {
            options.Settings["Database:MigratesOnStart"] = "hidden";
            options.ConfigureServices = services => services.AddSingleton<ILoggerProvider>(log);
        }))
        {
        }

        Assert.Equal(
            "Warning There is no setting Database:MigratesOnStart, so it has no effect. Those there are: Provider, MigrateOnStart.",
            Assert.Single(log.Lines, line => line.Contains("There is no setting", StringComparison.Ordinal)).Trim());
        Assert.DoesNotContain(log.Lines, line => line.Contains("hidden", StringComparison.Ordinal));
    }

    private static IEnumerable<string> In(params string[] keys) => UnknownSettings
        .In(AccountsModule.Sections, new ConfigurationBuilder().AddInMemoryCollection(keys.Select(key => KeyValuePair.Create(key, (string?)"x"))).Build())
        .Select(unknown => unknown.Setting);
}
