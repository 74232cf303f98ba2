using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Accounts.Captcha;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Passwords;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;
using Portal.Accounts.Sessions.Geo;
using Portal.Accounts.Tokens;
using Portal.Accounts.Users;

namespace Portal.Accounts;

/// <summary>Says at start which settings mean nothing: a misspelt one leaves a default in force, and nobody would notice.</summary>
internal sealed partial class UnknownSettings(IConfiguration configuration, ILogger<UnknownSettings> logger) : IHostedService
{
    private static readonly (string Section, Type Options)[] Sections =
    [
        (AccountsOptions.Section, typeof(AccountsOptions)),
        (DatabaseOptions.Section, typeof(DatabaseOptions)),
        (ExternalProvidersOptions.Section, typeof(IList<ExternalProvidersOptions.Provider>)),
        (GeoOptions.Section, typeof(GeoOptions)),
        (JwtOptions.Section, typeof(JwtOptions)),
        (MailOptions.Section, typeof(MailOptions)),
        (PasswordsOptions.Section, typeof(PasswordsOptions)),
        (PortalOptions.Section, typeof(PortalOptions)),
        (ProfilesOptions.Section, typeof(ProfilesOptions)),
        (RateLimitsOptions.Section, typeof(RateLimitsOptions)),
        (RecaptchaOptions.Section, typeof(RecaptchaOptions)),
        (SessionsOptions.Section, typeof(SessionsOptions)),
    ];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var setting in In(configuration))
        {
            Log.Unknown(logger, setting);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Their names, within the portal's own sections: of others it knows nothing.</summary>
    internal static IEnumerable<string> In(IConfiguration configuration) =>
        Sections.SelectMany(known => Within(configuration.GetSection(known.Section), known.Options));

    private static IEnumerable<string> Within(IConfigurationSection section, Type type)
    {
        foreach (var setting in section.GetChildren())
        {
            var named = type == typeof(string) ? null
                : typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[^1]
                : type.GetProperty(setting.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is { SetMethod.IsPublic: true } property ? property.PropertyType
                : null;
            foreach (var unknown in named is null ? [setting.Path] : Within(setting, named))
            {
                yield return unknown;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "There is no setting {Name}, so it has no effect. appsettings.json lists those there are.")]
        public static partial void Unknown(ILogger logger, string name);
    }
}
