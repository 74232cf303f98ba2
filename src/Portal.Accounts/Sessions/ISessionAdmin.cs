namespace Portal.Accounts.Sessions;

/// <summary>The operator's hand on sessions. Callers decide who may call; the command line may.</summary>
public interface ISessionAdmin
{
    /// <summary>Live sessions, newest first, of one user or of all.</summary>
    /// <param name="userId">Whose; null for everybody's.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<IReadOnlyList<SessionInfo>> ListAsync(long? userId, int limit, CancellationToken cancellationToken = default);

    /// <summary>One session, live or ended in the last 28 days; null when there is none of that id.</summary>
    Task<SessionInfo?> FindAsync(string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Ends one session. False when it is not there or has ended already.</summary>
    Task<bool> EndAsync(string sessionId, long? byUserId, CancellationToken cancellationToken = default);

    /// <summary>Ends all of a user's sessions. Returns how many ended.</summary>
    Task<int> EndUserAsync(long userId, long? byUserId, CancellationToken cancellationToken = default);

    /// <summary>Ends everybody's sessions. Returns how many ended.</summary>
    Task<int> EndAllAsync(long? byUserId, CancellationToken cancellationToken = default);

    /// <summary>Ends expired sessions and forgets those that ended over 28 days ago, as the sweeper does by itself.</summary>
    Task<(int Ended, int Deleted)> CleanAsync(CancellationToken cancellationToken = default);
}
