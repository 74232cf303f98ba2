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
        foreach (var (setting, known) in In(sections, configuration))
        {
            Log.Unknown(logger, setting, known);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Their names, each with those that would have been known in its place, within the portal's own sections: of others it knows nothing.</summary>
    internal static IEnumerable<(string Setting, string Known)> In(IReadOnlyList<(string Name, Type Options)> sections, IConfiguration configuration) =>
        sections.SelectMany(known => Within(configuration.GetSection(known.Name), known.Options));

    private static IEnumerable<(string Setting, string Known)> Within(IConfigurationSection section, Type type)
    {
        var known = Named(type);
        foreach (var setting in section.GetChildren())
        {
            var named = ElementOf(type) ?? known.FirstOrDefault(property => property.Name.Equals(setting.Key, StringComparison.OrdinalIgnoreCase))?.PropertyType;
            foreach (var unknown in named is not null ? Within(setting, named) : [(setting.Path, known.Count > 0 ? string.Join(", ", known.Select(property => property.Name)) : "none below a value")])
            {
                yield return unknown;
            }
        }
    }

    private static Type? ElementOf(Type type) => type.IsArray ? type.GetElementType()
        : type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) ? type.GetGenericArguments()[^1]
        : null;

    /// <summary>What a group of settings has; nothing for a value. A list is filled, not set.</summary>
    private static IReadOnlyList<PropertyInfo> Named(Type type) => type.Assembly != typeof(UnknownSettings).Assembly ? []
        : [.. type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } || ElementOf(property.PropertyType) is not null)];

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "There is no setting {Name}, so it has no effect. Those there are: {Known}.")]
        public static partial void Unknown(ILogger logger, string name, string known);
    }
}
