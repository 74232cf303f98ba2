using Portal.Accounts;
using Portal.Accounts.Administration;
using Portal.Controls.Lists;

namespace Portal.Admin;

/// <summary>The list of users as its address tells of it.</summary>
internal static class UserQuery
{
    public const string StateName = "state";
    public const string VerifiedName = "verified";
    public const string SecondFactorName = "second_factor";
    public const string LockedName = "locked";
    public const string OnlineName = "online";
    public const string RoleName = "role";
    public const string DomainName = "domain";
    public const string ColumnsName = "columns";
    public const string UsualSort = "email";

    private const string Yes = "true";
    private const string No = "false";

    public static UserFilter FilterOf(ListAddress address) => new()
    {
        Text = address.Search,
        State = Enum.TryParse<UserState>(address[StateName], ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null,
        IsVerified = address[VerifiedName] == Yes,
        HasSecondFactor = address[SecondFactorName] switch { Yes => true, No => false, _ => null },
        IsLocked = address[LockedName] == Yes,
        IsOnline = address[OnlineName] == Yes,
        Role = address[RoleName],
        Domain = address[DomainName],
    };

    public static (UserSort Sort, bool IsDescending) SortOf(ListAddress address)
    {
        var (column, isDescending) = address.Sort(UsualSort);
        return UserSortNames.FromName(column) is { } sort ? (sort, isDescending) : (UserSort.Email, false);
    }

    /// <summary>How many conditions narrow it, the text that is searched apart.</summary>
    public static int CountOf(UserFilter filter) => new[]
    {
        filter.State is not null, filter.IsVerified, filter.HasSecondFactor is not null, filter.IsLocked, filter.IsOnline, filter.Role is not null, filter.Domain is not null,
    }.Count(isInForce => isInForce);

    /// <summary>Chips exclude one another where people can only be one of both. A role and a domain have theirs while they narrow.</summary>
    public static IEnumerable<FilterChip> ChipsOf(ListAddress address, UserListTotals? totals, ListTotal? members)
    {
        var now = FilterOf(address);
        foreach (var state in Enum.GetValues<UserState>())
        {
            yield return Chip(UserWords.Of(state), StateName, state.ToString().ToLowerInvariant(), now.State == state, totals?.ByState[state]);
        }

        yield return Chip("Verified", VerifiedName, Yes, now.IsVerified, totals?.Verified);
        yield return Chip("Two-step on", SecondFactorName, Yes, now.HasSecondFactor is true, totals?.WithSecondFactor);
        yield return Chip("No two-step", SecondFactorName, No, now.HasSecondFactor is false, totals?.WithoutSecondFactor);
        yield return Chip("Locked", LockedName, Yes, now.IsLocked, totals?.Locked);
        yield return Chip("Online now", OnlineName, Yes, now.IsOnline, totals?.Online);
        if (now.Role is { } role)
        {
            yield return Chip($"Role {role}", RoleName, role, true, members ?? totals?.Everybody);
        }

        if (now.Domain is { } domain)
        {
            yield return Chip($"Domain {domain}", DomainName, domain, true, totals?.Everybody);
        }

        FilterChip Chip(string words, string name, string value, bool isCurrent, ListTotal? count) =>
            new(words, address.With((name, isCurrent ? null : value)), isCurrent, count);
    }

    /// <summary>The columns to show, in the order they always have.</summary>
    public static IReadOnlyList<ListColumn<ListedUserInfo>> ColumnsOf(string? chosen)
    {
        var names = chosen?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. UserColumns.All.Where(column => column.IsName || (names?.Contains(column.Name) ?? column.IsUsual))];
    }
}
