namespace Portal.Accounts.Administration;

/// <summary>The operator's hand on users. Who may read is the caller's to decide; a change asks for itself. A user is named by id, address or username.</summary>
public interface IUserAdmin
{
    /// <summary>Makes an account under the same rules as registration, without a mail. An existing address or name is refused.</summary>
    Task<AdminOutcome> CreateAsync(NewUser user, Operator by, CancellationToken cancellationToken = default);

    /// <summary>One user; null when there is none.</summary>
    Task<UserInfo?> FindAsync(string user, CancellationToken cancellationToken = default);

    /// <summary>Users by id, ascending.</summary>
    /// <param name="afterId">Only those with a greater id; 0 for the beginning.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<UserInfo>> ListAsync(long afterId, int limit, CancellationToken cancellationToken = default);

    /// <summary>Lets them sign in again: active, not blocked, address confirmed if it never was.</summary>
    /// <param name="user">Who.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<AdminOutcome> ActivateAsync(string user, Operator by, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes their right to sign in and ends all their sessions in the same transaction; their open pages leave at once.
    /// Oneself and the last active administrator are refused.
    /// </summary>
    /// <param name="user">Who.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<AdminOutcome> DeactivateAsync(string user, Operator by, CancellationToken cancellationToken = default);
}
