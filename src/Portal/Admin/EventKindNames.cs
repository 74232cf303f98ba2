using Portal.Accounts.Activity;
using Portal.Accounts.Audit;
using Portal.Controls;

namespace Portal.Admin;

/// <summary>The kinds of security events to choose from, group by group.</summary>
internal static class EventKindNames
{
    public static IReadOnlyList<LiveOption> Options { get; } =
    [
        new("", "Everything"),
        .. Enum.GetValues<ActivityGroup>().SelectMany(group => ActivityGroups.KindsOf(group)
            .Select(kind => new LiveOption(kind.ToName(), Words(kind.ToName()), ActivityWords.Of(group)))
            .Prepend(new LiveOption(group.ToName(), $"All: {ActivityWords.Of(group).ToLowerInvariant()}", ActivityWords.Of(group)))),
    ];

    /// <summary>password-changed: "Password changed".</summary>
    private static string Words(string name) => $"{char.ToUpperInvariant(name[0])}{name[1..].Replace('-', ' ')}";
}
