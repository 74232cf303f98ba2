using Microsoft.EntityFrameworkCore;
using Portal.Accounts.Data;

namespace Portal.Accounts.Users;

/// <summary>How many users there are, without counting them: the database keeps the numbers (<see cref="UserCountsSchema"/>).</summary>
internal static class UserCounts
{
    /// <summary>All users by state: at most sixteen rows, their <see cref="UserCount.Domain"/> empty.</summary>
    public static async Task<IReadOnlyList<UserCount>> ByStateAsync(PortalDbContext context, CancellationToken cancellationToken) =>
        await context.UserCounts
            .GroupBy(row => new { row.IsActive, row.IsConfirmed, row.IsVerified, row.IsBlocked })
            .Select(group => new UserCount
            {
                Domain = "",
                IsActive = group.Key.IsActive,
                IsConfirmed = group.Key.IsConfirmed,
                IsVerified = group.Key.IsVerified,
                IsBlocked = group.Key.IsBlocked,
                Count = group.Sum(row => row.Count),
            })
            .ToListAsync(cancellationToken);

    /// <summary>All users.</summary>
    public static async Task<UserCountInfo> TotalsAsync(PortalDbContext context, CancellationToken cancellationToken) =>
        UserCountInfo.Of(await ByStateAsync(context, cancellationToken));

    /// <summary>The users of these domains, without their subdomains. A domain without users is missing.</summary>
    public static async Task<IReadOnlyDictionary<string, UserCountInfo>> OfDomainsAsync(
        PortalDbContext context, IReadOnlyList<string> domains, CancellationToken cancellationToken) =>
        (await context.UserCounts.Where(row => domains.Contains(row.Domain)).ToListAsync(cancellationToken))
            .GroupBy(row => row.Domain, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, UserCountInfo.Of, StringComparer.Ordinal);
}
