using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.Passwords;

namespace Portal.Tests.Accounts.Passwords;

public sealed class PasswordsModuleTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("MinimumLength", "7", "at most 64")]
    [InlineData("MinimumLength", "65", "at least 8")]
    [InlineData("MinimumLengthWithSecondFactor", "7", "at least 8")]
    [InlineData("MinimumLengthWithSecondFactor", "16", "at most Passwords:MinimumLength, 15")]
    [InlineData("Iterations", "999", "at least 1000")]
    [InlineData("Iterations", "10000001", "at most 10000000")]
    [InlineData("MaximumQueueLength", "0", "at least 1")]
    [InlineData("HashingThreads", "-1", "at least 0")]
    public void A_wrong_value_stops_the_start_and_is_named(string key, string value, string rule)
    {
        using var provider = Services([($"Passwords:{key}", value)]);

        var validate = provider.GetRequiredService<IStartupValidator>().Validate;

        var failures = Assert.Throws<OptionsValidationException>(validate).Failures;
        Assert.Contains(failures, failure =>
            failure.StartsWith($"Passwords:{key} must be ", StringComparison.Ordinal)
            && failure.Contains(rule, StringComparison.Ordinal)
            && failure.EndsWith($"found {value}.", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_wrong_value_is_named_at_once()
    {
        using var provider = Services([("Passwords:MinimumLength", "200"), ("Passwords:Iterations", "1"), ("Passwords:HashingThreads", "9999")]);

        var validate = provider.GetRequiredService<IStartupValidator>().Validate;

        Assert.Equal(3, Assert.Throws<OptionsValidationException>(validate).Failures.Count());
    }

    [Fact]
    public async Task The_defaults_start_without_a_warning()
    {
        var log = new RecordedLog();
        await using var provider = Services([], log);

        provider.GetRequiredService<IStartupValidator>().Validate();
        await StartAsync(provider);

        Assert.Empty(log.Lines);
    }

    [Theory]
    [InlineData("Passwords:Iterations", "209999")]
    [InlineData("Passwords:MinimumLength", "14")]
    public async Task A_value_below_the_standards_starts_with_a_warning(string key, string value)
    {
        var log = new RecordedLog();
        await using var provider = Services([(key, value)], log);

        provider.GetRequiredService<IStartupValidator>().Validate();
        await StartAsync(provider);

        Assert.StartsWith($"Warning {key} is ", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Identity_takes_our_hasher_whichever_was_registered_first(bool oursFirst)
    {
        var services = new ServiceCollection().AddLogging();
        var configuration = new ConfigurationBuilder().Build();
        if (oursFirst)
        {
            services.AddPasswords(configuration);
        }

        services.AddIdentityCore<User>();
        if (!oursFirst)
        {
            services.AddPasswords(configuration);
        }

        using var provider = services.BuildServiceProvider();
        Assert.IsType<IdentityPasswordHasher<User>>(provider.GetRequiredService<IPasswordHasher<User>>());
    }

    [Fact]
    public void The_doors_open()
    {
        using var provider = Services([]);

        Assert.NotNull(provider.GetRequiredService<PasswordRules>());
        Assert.NotNull(provider.GetRequiredService<HashingQueue>());
    }

    private static async Task StartAsync(ServiceProvider provider)
    {
        foreach (var service in provider.GetServices<IHostedService>())
        {
            await service.StartAsync(Token);
        }
    }

    private static ServiceProvider Services((string Key, string Value)[] settings, RecordedLog? log = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection().AddLogging(logging =>
        {
            if (log is not null)
            {
                logging.AddProvider(log);
            }
        });
        return services.AddPasswords(configuration).BuildServiceProvider();
    }
}
