namespace Portal.Accounts.Administration;

/// <summary>How many users there are of each kind that a list can be narrowed to.</summary>
/// <param name="Everybody">All.</param>
/// <param name="ByState">In each state.</param>
/// <param name="Verified">Verified.</param>
/// <param name="WithSecondFactor">With two-step verification.</param>
/// <param name="WithoutSecondFactor">Without it.</param>
/// <param name="Locked">For whom sign-ins are refused for a while.</param>
/// <param name="Online">With an open page on this node.</param>
public sealed record UserListTotals(
    ListTotal Everybody,
    IReadOnlyDictionary<UserState, ListTotal> ByState,
    ListTotal Verified,
    ListTotal WithSecondFactor,
    ListTotal WithoutSecondFactor,
    ListTotal Locked,
    ListTotal Online);
