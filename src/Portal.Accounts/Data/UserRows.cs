using Microsoft.EntityFrameworkCore;

namespace Portal.Accounts.Data;

/// <summary>Who waits for whom: operations on one user or role that must not pass each other take their row first.</summary>
internal static class UserRows
{
    /// <summary>
    /// Takes the row of the user that matches for the running transaction, by writing what it says already: what else takes
    /// it comes before or after. False when nobody matches, as the row stands once it can be had.
    /// </summary>
    public static async Task<bool> TakeAsync(this IQueryable<User> users, CancellationToken cancellationToken) =>
        await users.ExecuteUpdateAsync(row => row.SetProperty(user => user.IsActive, user => user.IsActive), cancellationToken) > 0;

    /// <summary>Takes a user's row, whoever they are.</summary>
    public static Task<bool> TakeAsync(this IQueryable<User> users, long userId, CancellationToken cancellationToken) =>
        users.Where(user => user.Id == userId).TakeAsync(cancellationToken);

    /// <summary>Writes that sessions began, 1, or ended, -1: of these users, each named once for every session.</summary>
    public static async Task CountSessionsAsync(this IQueryable<User> users, IEnumerable<long> userIds, int change, CancellationToken cancellationToken)
    {
        foreach (var sameCount in userIds.CountBy(userId => userId).GroupBy(user => user.Value, user => user.Key))
        {
            var (ids, total) = (sameCount.ToList(), change * sameCount.Key);
            await users.Where(user => EF.Parameter(ids).Contains(user.Id))
                .ExecuteUpdateAsync(row => row.SetProperty(user => user.LiveSessions, user => user.LiveSessions + total), cancellationToken);
        }
    }

    /// <summary>
    /// Writes that users have one role more, or one fewer: the role's row is taken, so that nobody counts them twice. They are
    /// of another version then; who has one of their rows at hand reads it again.
    /// </summary>
    public static Task CountRolesAsync(this IQueryable<User> users, int change, CancellationToken cancellationToken)
    {
        var version = Guid.CreateVersion7().ToString();
        return users.ExecuteUpdateAsync(
            row => row.SetProperty(user => user.RoleCount, user => user.RoleCount + change).SetProperty(user => user.ConcurrencyStamp, version), cancellationToken);
    }

    /// <summary>Takes the row of the role that matches in the same way; before a user's, where both are wanted.</summary>
    public static async Task<bool> TakeAsync(this IQueryable<Role> roles, CancellationToken cancellationToken) =>
        await roles.ExecuteUpdateAsync(row => row.SetProperty(role => role.IsManaged, role => role.IsManaged), cancellationToken) > 0;

    /// <summary>Takes the row of the user that matches and reads it, tracked. Null when nobody does.</summary>
    public static async Task<User?> TakeAndReadAsync(this IQueryable<User> users, CancellationToken cancellationToken) =>
        await users.TakeAsync(cancellationToken) ? await users.SingleOrDefaultAsync(cancellationToken) : null;
}
