using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Migrations;
using Portal.Accounts;
using Portal.Accounts.Data;

namespace Portal.Tests.House;

/// <summary>The wall: only doors are public, and names keep to the closed list.</summary>
public sealed partial class PublicApiTests
{
    private static readonly HashSet<string> ForbiddenEndings =
    [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Base", "Impl", "Dto", "Common", "Shared", "Core", "Misc",
        "Extensions", "Constants",
    ];

    [Fact]
    public void Only_doors_and_what_passes_through_them_are_public() => Assert.Empty(OurAssemblies.Accounts.GetExportedTypes()
        .Where(type => !MayBePublic(type))
        .Select(type => type.FullName));

    [Fact]
    public void Interfaces_are_named_as_such() => Assert.Empty(Written()
        .Where(type => type.IsInterface && !InterfaceName().IsMatch(type.Name))
        .Select(type => type.FullName));

    [Fact]
    public void No_name_ends_in_a_word_that_says_nothing() => Assert.Empty(Written().Where(SaysNothing).Select(type => type.FullName));

    [Theory]
    [InlineData(typeof(PortalDbContext))]
    [InlineData(typeof(User))]
    [InlineData(typeof(PortalPaths))]
    [InlineData(typeof(Open))]
    public void What_is_no_door_would_be_told(Type type) => Assert.False(MayBePublic(type));

    [Theory]
    [InlineData(typeof(SessionManager))]
    [InlineData(typeof(UserViewModel))]
    public void A_name_that_says_nothing_would_be_told(Type type) => Assert.True(SaysNothing(type));

    private static IEnumerable<Type> Written() =>
        OurAssemblies.Types(OurAssemblies.Accounts).Concat(OurAssemblies.Types(OurAssemblies.Portal));

    private static bool MayBePublic(Type type) => type.IsInterface
        || type.IsEnum
        || IsRecord(type)
        || (type.IsAbstract && type.IsSealed)
        || IsOptions(type)
        // What a caller can act on is part of a door's promise.
        || (type.IsSealed && typeof(Exception).IsAssignableFrom(type))
        || typeof(Migration).IsAssignableFrom(type);

    /// <summary>Or a group of settings within options.</summary>
    private static bool IsOptions(Type type) => type.IsSealed
        && (type.Name.EndsWith("Options", StringComparison.Ordinal) || (type.DeclaringType is { } outer && IsOptions(outer)));

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;

    /// <summary>A subclass of the framework's keeps its base's last word, whatever that is.</summary>
    private static bool SaysNothing(Type type)
    {
        var last = LastWord(type);
        return (ForbiddenEndings.Contains(last) || type.Name.EndsWith("ViewModel", StringComparison.Ordinal))
            && (type.BaseType is not { } parent || LastWord(parent) != last);
    }

    private static string LastWord(Type type) => Word().Match(type.Name.Split('`')[0]).Value;

    [GeneratedRegex("^I[A-Z]")]
    private static partial Regex InterfaceName();

    [GeneratedRegex("[A-Z][a-z0-9]*$")]
    private static partial Regex Word();

    private class Open;

    private sealed class SessionManager;

    private sealed class UserViewModel;
}
