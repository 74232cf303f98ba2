using Portal.Accounts.Data;

namespace Portal.Accounts.Users;

/// <summary>How many users there are, and how many of them in which state. States overlap: who is verified is mostly confirmed too.</summary>
/// <param name="Users">All of them.</param>
/// <param name="Active">Who may sign in.</param>
/// <param name="Inactive">Who may not: deactivated or blocked.</param>
/// <param name="Confirmed">Who proved their address.</param>
/// <param name="Unconfirmed">Who did not yet.</param>
/// <param name="Verified">Who is trusted.</param>
/// <param name="Blocked">Who was refused.</param>
public sealed record UserCountInfo(long Users, long Active, long Inactive, long Confirmed, long Unconfirmed, long Verified, long Blocked)
{
    /// <summary>Nobody.</summary>
    public static UserCountInfo None { get; } = new(0, 0, 0, 0, 0, 0, 0);

    internal static UserCountInfo Of(IEnumerable<UserCount> counts)
    {
        IReadOnlyList<UserCount> rows = [.. counts];
        return new(
            rows.Sum(row => row.Count),
            rows.Where(row => row.IsActive).Sum(row => row.Count),
            rows.Where(row => !row.IsActive).Sum(row => row.Count),
            rows.Where(row => row.IsConfirmed).Sum(row => row.Count),
            rows.Where(row => !row.IsConfirmed).Sum(row => row.Count),
            rows.Where(row => row.IsVerified).Sum(row => row.Count),
            rows.Where(row => row.IsBlocked).Sum(row => row.Count));
    }
}
