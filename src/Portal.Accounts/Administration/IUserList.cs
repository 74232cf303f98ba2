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

    /// <summary>How many there are of each kind.</summary>
    /// <param name="domain">Whose addresses are of this domain, without its subdomains; null for everybody.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    Task<UserListTotals> CountAsync(string? domain = null, CancellationToken cancellationToken = default);
}
