namespace Portal.Accounts.Administration;

/// <summary>Users for operators to look through, as quick at a million as at a hundred. Who may look is the caller's to decide.</summary>
public interface IUserList
{
    /// <summary>One page.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="sort">In which order.</param>
    /// <param name="isDescending">Whether the order is turned round.</param>
    /// <param name="window">Which page. Its places belong to this sort; another's show the beginning.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    Task<ListPage<ListedUserInfo>> ListAsync(
        UserFilter filter, UserSort sort, bool isDescending, ListWindow window, CancellationToken cancellationToken = default);

    /// <summary>How many there are of each kind, of those whom a text, a role and a domain leave.</summary>
    /// <param name="within">Whose text, role and domain. What else it narrows is one of the kinds, and does not count here.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    /// <returns>Null where a text or a role leaves more than <see cref="ListTotal.Most"/>: nobody counts those for a page.</returns>
    Task<UserListTotals?> CountAsync(UserFilter within, CancellationToken cancellationToken = default);
}
