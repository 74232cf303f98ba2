using Portal.Accounts.Activity;
using Portal.Accounts.Audit;

namespace Portal.Api;

/// <summary>What lists of events can be narrowed to.</summary>
internal static class EventKinds
{
    /// <summary>The names of groups, then of kinds.</summary>
    public static IEnumerable<string> All => Enum.GetValues<ActivityGroup>().Select(group => group.ToName()).Concat(Enum.GetValues<AuditKind>().Select(kind => kind.ToName())).Distinct();
}
