using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Portal.Accounts;

/// <summary>Says at start which settings mean nothing: a misspelt one leaves a default in force, and nobody would notice.</summary>
/// <param name="sections">Each section of the portal's own, with what is bound from it.</param>
/// <param name="configuration">The settings.</param>
/// <param name="logger">Who is told.</param>
internal sealed partial class UnknownSettings(IReadOnlyList<(string Name, Type Options)> sections, IConfiguration configuration, ILogger<UnknownSettings> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var setting in In(sections, configuration))
        {
            Log.Unknown(logger, setting);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Their names, within the portal's own sections: of others it knows nothing.</summary>
    internal static IEnumerable<string> In(IReadOnlyList<(string Name, Type Options)> sections, IConfiguration configuration) =>
        sections.SelectMany(known => Within(configuration.GetSection(known.Name), known.Options));

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
