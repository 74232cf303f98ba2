using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Portal.Accounts;

/// <summary>Says at start which accepted settings contradict one another, leave people unprotected or have no effect.</summary>
internal sealed partial class AccountsWarnings(
    IOptions<AccountsOptions> accounts, IOptions<PortalOptions> portal, IConfiguration configuration, IHostEnvironment environment, ILogger<AccountsWarnings> logger) : IHostedService
{
    private const string Redis = "Redis:ConnectionString";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var options = accounts.Value;
        if (!options.LocalLogin && (options.Registration || options.Recovery || options.PasswordChange))
        {
            Log.UselessPasswords(logger);
        }

        if (environment.IsProduction() && !portal.Value.IsSecure)
        {
            Log.PlainHttp(logger, portal.Value.PublicUrl);
        }

        if (!string.IsNullOrEmpty(configuration[Redis]))
        {
            Log.NoRedis(logger);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Accounts:LocalLogin is off, so that nobody signs in with a password, and Registration, Recovery or PasswordChange is on, by which people choose one. Turn those off too.")]
        public static partial void UselessPasswords(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "Portal:PublicUrl is {Url}: without https anybody on the way reads passwords and takes sessions over. Serve it over TLS and name that address.")]
        public static partial void PlainHttp(ILogger logger, Uri url);

        [LoggerMessage(3, LogLevel.Warning, "Redis:ConnectionString has no effect yet: nodes hear of one another through their database, within two seconds, and each limits by itself.")]
        public static partial void NoRedis(ILogger logger);
    }
}
