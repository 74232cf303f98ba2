using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Testing;

namespace Portal.Tests.Accounts;

public sealed class AccountsWarningsTests
{
    [Theory]
    [InlineData("Development", "Accounts:LocalLogin", "false", "Accounts:LocalLogin is off")]
    [InlineData("Production", "Portal:PublicUrl", "http://portal.example", "Portal:PublicUrl is http://portal.example/")]
    [InlineData("Production", "Redis:ConnectionString", "localhost", "Redis:ConnectionString has no effect")]
    public async Task A_setting_that_contradicts_another_endangers_people_or_does_nothing_is_warned_of_once(string environment, string name, string value, string words)
    {
        var usual = await WarningsAsync(environment, "Portal:PublicUrl", "https://portal.example");
        var warned = await WarningsAsync(environment, name, value);

        Assert.DoesNotContain(usual, line => line.Contains(words, StringComparison.Ordinal));
        Assert.Single(warned, line => line.Contains(words, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> WarningsAsync(string environment, string name, string value)
    {
        var log = new RecordedLog();
        await using var host = await PortalHost.StartAsync(options =>
        {
            options.Environment = environment;
            options.Settings["Jwt:Key"] = "a key for tests that is long enough";
            options.Settings[name] = value;
            options.ConfigureServices = services => services.AddSingleton<ILoggerProvider>(log);
        });
        return [.. log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal))];
    }
}
