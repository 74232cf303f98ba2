using System.Globalization;
using Portal.Accounts;
using Portal.Accounts.Administration;

namespace Portal.Admin;

/// <summary>Roles in people's words.</summary>
internal static class RoleWords
{
    public static string Count(ListTotal total) => total.IsExact
        ? total.Count.ToString("N0", CultureInfo.CurrentCulture)
        : string.Create(CultureInfo.CurrentCulture, $"more than {total.Count:N0}");

    public static string People(ListTotal total) => total is { IsExact: true, Count: 1 } ? "One person" : $"{char.ToUpper(Count(total)[0], CultureInfo.CurrentCulture)}{Count(total)[1..]} people";

    /// <summary>"3,000 of 9,000 people have lost it. It goes on if you leave this page."</summary>
    public static string Progress(long lost, ListTotal total) => string.Create(
        // How many there were was counted before: by now there may be more.
        CultureInfo.CurrentCulture, $"{lost:N0}{(total.IsExact && lost <= total.Count ? $" of {total.Count:N0}" : "")} people have lost it. It goes on if you leave this page.");

    /// <summary>"Ended early: 3,000 people have lost it." And how to go on.</summary>
    public static string EndedEarly(AdminOutcome.Done done) => done.Members > 0
        ? string.Create(CultureInfo.CurrentCulture, $"Ended early: {(done.Members == 1 ? "one person has" : $"{done.Members:N0} people have")} lost it. The others keep it{(done.LostTheRight ? ", for you may not administer any more." : "; to go on, press Delete role again.")}")
        : "Stopped. Nobody has lost it.";

    public static string KindOf(RoleDetails role) => role.IsProtected ? "The portal's own" : role.Role.IsManaged ? "Made here" : "Provided by another system";

    /// <summary>Why it cannot be changed; null when it can.</summary>
    public static string? WhyFixed(RoleDetails role) => role.IsProtected ? "The portal relies on this role: it gains and loses people, but is neither renamed nor deleted."
        : role.Role.IsManaged ? null
        : "Another system provides this role; it is changed there, and so are its people.";
}
