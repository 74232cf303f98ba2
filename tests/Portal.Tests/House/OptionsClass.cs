using System.Reflection;

namespace Portal.Tests.House;

/// <summary>The options of every room: a public sealed class named so, with the section it is bound from.</summary>
internal sealed record OptionsClass(Type Type, string Section)
{
    public static IReadOnlyList<OptionsClass> All =>
    [
        .. OurAssemblies.Types(OurAssemblies.Accounts).Concat(OurAssemblies.Types(OurAssemblies.Portal))
            .Where(type => type.IsSealed && type.Name.EndsWith("Options", StringComparison.Ordinal))
            .Select(type => (Type: type, Section: type.GetField("Section", BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static)))
            .Where(pair => pair.Section is { IsLiteral: true })
            .Select(pair => new OptionsClass(pair.Type, (string)pair.Section!.GetRawConstantValue()!)),
    ];

    /// <summary>What a setting can name: public and settable.</summary>
    public static IEnumerable<PropertyInfo> Settings(Type type) =>
        type.GetProperties().Where(property => property.SetMethod is { IsPublic: true });

    /// <summary>Whether values of the type are themselves groups of settings, written in the library.</summary>
    public static bool IsGroup(Type type) => type.IsClass && type.Namespace?.Split('.')[0] == "Portal";
}
