using Microsoft.EntityFrameworkCore;

namespace Portal.Accounts.Data;

/// <summary>Who waits for whom: operations on one user that must not pass each other take their row first.</summary>
internal static class UserRows
{
    /// <summary>Takes a user's row for the running transaction by writing what it says already.</summary>
    public static Task<int> TakeAsync(this IQueryable<User> users, long userId, CancellationToken cancellationToken) =>
        users.Where(user => user.Id == userId).ExecuteUpdateAsync(row => row.SetProperty(user => user.IsActive, user => user.IsActive), cancellationToken);
}
