using Mono.Cecil;

namespace Portal.Tests.House;

/// <summary>Which room lies on which floor. A room is the namespace segment behind <c>Portal.Accounts</c> or <c>Portal</c>.</summary>
/// <param name="Floors">Each room's floor, by its namespace.</param>
/// <param name="Landings">The few steps allowed beside the rule, from a room to another.</param>
internal sealed record HousePlan(IReadOnlyDictionary<string, int> Floors, IReadOnlySet<(string From, string To)> Landings)
{
    private const string Library = "Portal.Accounts";
    private const string Site = "Portal";

    /// <summary>What stands in a root namespace is used by every room and uses none.</summary>
    private const int Ground = -1;

    /// <summary>The three that wire the rooms stand above them all.</summary>
    private const int Roof = 100;

    private static readonly HashSet<string> Wiring = ["Portal.Accounts.AccountsModule", "Portal.SiteServices", "Program"];

    public static HousePlan Ours { get; } = new(new Dictionary<string, int>
    {
        ["Portal.Accounts.Data"] = 0,
        ["Portal.Accounts.Events"] = 0,
        ["Portal.Accounts.Audit"] = 0,
        ["Portal.Accounts.Captcha"] = 1,
        ["Portal.Accounts.Domains"] = 1,
        ["Portal.Accounts.Mail"] = 1,
        ["Portal.Accounts.Passkeys"] = 1,
        ["Portal.Accounts.Passwords"] = 1,
        ["Portal.Accounts.RateLimits"] = 1,
        ["Portal.Accounts.Sessions"] = 1,
        ["Portal.Accounts.Users"] = 1,
        ["Portal.Accounts.Credentials"] = 2,
        ["Portal.Accounts.SignIn"] = 3,
        ["Portal.Accounts.Registration"] = 3,
        ["Portal.Accounts.Recovery"] = 3,
        ["Portal.Accounts.Profiles"] = 3,
        ["Portal.Accounts.Tokens"] = 3,
        ["Portal.Accounts.Administration"] = 3,
        ["Portal.Accounts.Activity"] = 3,
        ["Portal.Accounts.Transfer"] = 3,
        ["Portal.Controls"] = 4,
        ["Portal.Mails"] = 4,
        ["Portal.Account"] = 5,
        ["Portal.Profile"] = 5,
        ["Portal.Admin"] = 5,
        ["Portal.Api"] = 5,
        ["Portal.Cli"] = 5,
        ["Portal.Shell"] = 6,
    },
    new HashSet<(string, string)>
    {
        // The feed between processes is a table, so events are kept in the data.
        ("Portal.Accounts.Events", "Portal.Accounts.Data"),
        // So is the log, which every room above writes to.
        ("Portal.Accounts.Audit", "Portal.Accounts.Data"),
        // A verb runs without the server, on a host of its own that knows the same accounts.
        ("Portal.Cli", "Portal.SiteServices"),
    });

    /// <summary>Every step upwards or sideways, and every room that has no floor.</summary>
    public IReadOnlyList<string> Faults(params IEnumerable<ModuleDefinition> modules) =>
    [
        .. modules.SelectMany(module => module.GetTypes())
            .SelectMany(type => TypeUses.Of(type).Append(type).Select(used => Fault(Outermost(type), Outermost(used))))
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private string? Fault(TypeReference user, TypeReference used)
    {
        if (Room(user) is not { } from || Room(used) is not { } to || from == to)
        {
            return null;
        }

        return Floor(from) is not { } above ? $"{from} has no floor: place it in {nameof(HousePlan)}"
            : Floor(to) is not { } below ? $"{to} has no floor: place it in {nameof(HousePlan)}"
            : above > below || (above == below && above == Roof) || Landings.Contains((from, to)) ? null
            : $"{user.FullName} (floor {above}) uses {used.FullName} (floor {below})";
    }

    private int? Floor(string room) => room switch
    {
        Library or Site => Ground,
        _ when Wiring.Contains(room) => Roof,
        _ => Floors.TryGetValue(room, out var floor) ? floor : null,
    };

    /// <summary>The room's namespace, or the full name of what wires; null for what is not ours.</summary>
    private static string? Room(TypeReference type)
    {
        if (Wiring.Contains(type.FullName))
        {
            return type.FullName;
        }

        var segments = type.Namespace.Split('.');
        var root = type.Namespace == Library || type.Namespace.StartsWith(Library + ".", StringComparison.Ordinal) ? 2 : 1;
        return segments[0] == Site ? string.Join('.', segments.Take(root + 1)) : null;
    }

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);
}
