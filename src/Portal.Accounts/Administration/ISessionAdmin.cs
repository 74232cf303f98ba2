using Portal.Accounts.Sessions;

namespace Portal.Accounts.Administration;

/// <summary>The operator's hand on everybody's sessions. Who may read is the caller's to decide; a change asks for itself.</summary>
public interface ISessionAdmin
{
    /// <summary>Live sessions, the newest first.</summary>
    /// <param name="search">Which.</param>
    /// <param name="window">Which part of the list.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<ListPage<LiveSessionInfo>> ListAsync(SessionSearch search, ListWindow window, CancellationToken cancellationToken = default);

    /// <summary>One session, live or ended in the last 28 days; null when there is none of that id.</summary>
    Task<SessionInfo?> FindAsync(string sessionId, CancellationToken cancellationToken = default);

    /// <summary>What live sessions can be told apart by, for choosing among them.</summary>
    Task<SessionKinds> KindsAsync(CancellationToken cancellationToken = default);

    /// <summary>What ending them would do. Counting stops at <see cref="ListTotal.Most"/>.</summary>
    Task<SessionsPreview> PreviewAsync(SessionChoice which, Operator by, CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends them; their open pages leave at once. The operator's own session stays, whatever is chosen: a choice of nothing
    /// else is refused. Ending more than one person's needs a recent proof, asked for once. Many end a thousand at a time, each
    /// thousand in one transaction, and those that begin meanwhile stay; where the operator loses the right in between, what
    /// has ended has ended.
    /// </summary>
    /// <param name="which">Which.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="progress">Told after each thousand how many have ended; null for nobody.</param>
    /// <param name="stop">Before the first thousand it cancels; from then on it ends after the thousand under way.</param>
    /// <returns>Done with how many ended; unchanged when there was none to end.</returns>
    Task<AdminOutcome> EndAsync(SessionChoice which, Operator by, Action<long>? progress, CancellationToken stop = default);

    /// <summary>The same, with nobody told how far it is.</summary>
    Task<AdminOutcome> EndAsync(SessionChoice which, Operator by, CancellationToken cancellationToken = default) => EndAsync(which, by, progress: null, cancellationToken);

    /// <summary>
    /// Ends expired sessions and forgets those that ended over 28 days ago, as the sweeper does by itself. Null when they may
    /// not.
    /// </summary>
    /// <param name="by">Who asks.</param>
    /// <param name="progress">Told every now and then how many sessions it was until now; null for nobody.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    Task<(int Ended, int Deleted)?> CleanAsync(Operator by, Action<long>? progress, CancellationToken cancellationToken = default);

    /// <summary>The same, with nobody told how far it is.</summary>
    Task<(int Ended, int Deleted)?> CleanAsync(Operator by, CancellationToken cancellationToken = default) => CleanAsync(by, progress: null, cancellationToken);
}
