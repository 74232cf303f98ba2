namespace Portal.Accounts.Events;

/// <summary>
/// Hears of every user, role and e-mail domain that was created, changed or deleted by this process, after the commit: for
/// search indexes and caches. Register any number as singletons of this interface.
/// </summary>
/// <remarks>
/// Told one transaction at a time, in the order of commits, never two at once; what changed several times in a transaction is
/// told once. Secrets and bookkeeping are no change: passwords, stamps, failure counters, sign-ins, a new address that is not
/// confirmed yet. What is told was true at the commit, so read again; two transactions that commit at the same moment may be
/// told either way round, and a changed row may be gone. See this room's README for what happens when a subscriber fails.
/// </remarks>
public interface IAccountChangeSubscriber
{
    /// <summary>
    /// Takes in the changes of one transaction. What it throws is logged, and the same changes come again after a second, five
    /// and thirty; then they are left out, with an error in the log. Other subscribers are not held up meanwhile. Not on a
    /// circuit, nor in a request.
    /// </summary>
    /// <param name="changes">Never empty; no two of one subject and number.</param>
    /// <param name="cancellationToken">Cancelled when the process ends and has waited long enough.</param>
    Task HandleAsync(IReadOnlyList<AccountChange> changes, CancellationToken cancellationToken);
}
