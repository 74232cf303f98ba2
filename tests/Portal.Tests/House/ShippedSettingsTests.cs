using System.Collections;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Portal.Tests.House;

/// <summary>The settings file at the root tells the defaults: all of them, as the code has them, and nothing else.</summary>
public sealed class ShippedSettingsTests
{
    // The framework's own sections, and addresses of databases, which no options hold.
    private static readonly HashSet<string> NotOptions = ["Logging", "AllowedHosts", "ConnectionStrings", "Serilog"];

    private static readonly IConfigurationRoot Shipped = Read(Path.Combine(SourceTree.Root, "appsettings.json"));

    [Fact]
    public void The_shipped_settings_are_the_defaults_in_code() => Assert.Empty(OptionsClass.All
        .Select(options => (options.Section, Code: Text(Activator.CreateInstance(options.Type)), File: Text(Bound(options, Shipped))))
        .Where(pair => pair.Code != pair.File)
        .Select(pair => $"{pair.Section}: the code has {pair.Code}, the file {pair.File}"));

    [Fact]
    public void Every_shipped_setting_does_something() => Assert.Empty(Strange(Shipped));

    [Fact]
    public void Every_setting_with_a_default_is_shipped() => Assert.Empty(OptionsClass.All
        .SelectMany(options => Missing(options.Section, Activator.CreateInstance(options.Type)!)));

    [Fact]
    public void There_are_options_to_look_at() => Assert.Contains(OptionsClass.All, options => options.Section == "Portal");

    [Theory]
    [InlineData("Portal:SiteNam")]
    [InlineData("Portal:SiteName:Length")]
    [InlineData("Portals:SiteName")]
    public void A_setting_that_does_nothing_is_told(string key)
    {
        var wrong = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [key] = "x" }).Build();
        Assert.Equal([key], Strange(wrong));
    }

    private static IReadOnlyList<string> Strange(IConfigurationRoot settings) =>
    [
        .. settings.AsEnumerable()
            .Where(setting => setting.Value is not null && !IsEmptyList(setting))
            .Select(setting => setting.Key)
            .Where(key => !NotOptions.Contains(key.Split(':')[0]) && !OptionsClass.All.Any(options => Names(options, key)))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>A section that is itself a list, with nothing in it.</summary>
    private static bool IsEmptyList(KeyValuePair<string, string?> setting) =>
        setting.Value is "" && OptionsClass.All.Any(options => options.Section == setting.Key);

    private static bool Names(OptionsClass options, string key) =>
        key.StartsWith(options.Section + ":", StringComparison.Ordinal)
        && Names(options.Type, key[(options.Section.Length + 1)..].Split(':'));

    private static bool Names(Type type, ReadOnlySpan<string> path)
    {
        var name = path[0];
        if (OptionsClass.Settings(type).FirstOrDefault(property => property.Name == name)?.PropertyType is not { } named)
        {
            return false;
        }

        var rest = path[1..];
        if (named != typeof(string) && typeof(IEnumerable).IsAssignableFrom(named))
        {
            // An index or a key, then whatever the elements hold.
            var element = named.IsArray ? named.GetElementType()! : named.GetGenericArguments()[^1];
            return rest.Length <= 1 || Names(element, rest[1..]);
        }

        return rest.Length == 0 || (OptionsClass.IsGroup(named) && Names(named, rest));
    }

    private static IEnumerable<string> Missing(string section, object defaults) => OptionsClass.Settings(defaults.GetType())
        .Select(property => (Key: section + ":" + property.Name, property.PropertyType, Value: property.GetValue(defaults)))
        .SelectMany(setting => setting.Value switch
        {
            null or ICollection { Count: 0 } => [],
            { } group when OptionsClass.IsGroup(setting.PropertyType) => Missing(setting.Key, group),
            _ => Shipped.GetSection(setting.Key).Exists() ? Enumerable.Empty<string>() : [setting.Key],
        });

    private static object? Bound(OptionsClass options, IConfigurationRoot settings)
    {
        var bound = Activator.CreateInstance(options.Type);
        settings.GetSection(options.Section).Bind(bound);
        return bound;
    }

    /// <summary>Every public property, computed ones too, so that two objects of one text behave alike.</summary>
    private static string Text(object? options) => JsonSerializer.Serialize(options);

    private static IConfigurationRoot Read(string file) => new ConfigurationBuilder().AddJsonFile(file, optional: false).Build();
}
