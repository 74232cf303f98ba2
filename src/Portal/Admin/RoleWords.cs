using System.Globalization;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Admin;

/// <summary>Roles in people's words.</summary>
internal static class RoleWords
{
    /// <summary>Why a role that very many have is not deleted.</summary>
    public const string TooMany = "More than 10,000 people have this role. Take it from them first: on the users page, filtered by this role.";

    public static string Count(ListTotal total) => total.IsExact
        ? total.Count.ToString("N0", CultureInfo.CurrentCulture)
        : string.Create(CultureInfo.CurrentCulture, $"more than {total.Count:N0}");

    public static string People(ListTotal total) => total is { IsExact: true, Count: 1 } ? "One person" : $"{char.ToUpper(Count(total)[0], CultureInfo.CurrentCulture)}{Count(total)[1..]} people";

    public static string KindOf(RoleDetails role) => role.IsProtected ? "The portal's own" : role.Role.IsManaged ? "Made here" : "Provided by another system";

    /// <summary>Why it cannot be changed; null when it can.</summary>
    public static string? WhyFixed(RoleDetails role) => role.IsProtected ? "The portal relies on this role: it gains and loses people, but is neither renamed nor deleted."
        : role.Role.IsManaged ? null
        : "Another system provides this role; it is changed there, and so are its people.";
}
