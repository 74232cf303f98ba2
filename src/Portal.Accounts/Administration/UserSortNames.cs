namespace Portal.Accounts.Administration;

/// <summary>What lists of users are sorted by, as addresses and requests name it.</summary>
public static class UserSortNames
{
    private static readonly Dictionary<string, UserSort> Sorts = new()
    {
        ["email"] = UserSort.Email,
        ["username"] = UserSort.UserName,
        ["name"] = UserSort.Name,
        ["state"] = UserSort.State,
        ["roles"] = UserSort.Roles,
        ["second_factor"] = UserSort.SecondFactor,
        ["sessions"] = UserSort.Sessions,
        ["domain"] = UserSort.Domain,
        ["last_sign_in"] = UserSort.SignedIn,
        ["created"] = UserSort.Created,
        ["id"] = UserSort.Id,
    };

    /// <summary>Every name, in snake_case.</summary>
    public static IReadOnlyCollection<string> All => Sorts.Keys;

    /// <summary>The order of that exact name; null for any other text.</summary>
    public static UserSort? FromName(string name) => Sorts.TryGetValue(name, out var sort) ? sort : null;
}
