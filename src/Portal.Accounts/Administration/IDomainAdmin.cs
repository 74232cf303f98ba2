namespace Portal.Accounts.Administration;

/// <summary>
/// The operator's hand on e-mail domains. A decision covers subdomains about which nothing else was decided. Callers decide
/// who may read; every change asks for itself.
/// </summary>
public interface IDomainAdmin
{
    /// <summary>A page of the listed domains.</summary>
    Task<DomainList> ListAsync(
        DomainFilter filter, DomainSort sort = DomainSort.Name, bool isDescending = false, ListWindow? window = null, CancellationToken cancellationToken = default);

    /// <summary>One listed domain; null when it is not listed or no domain's name.</summary>
    Task<DomainInfo?> FindAsync(string domain, CancellationToken cancellationToken = default);

    /// <summary>Lists a domain as new. One listed already keeps what was decided and answers <see cref="AdminOutcome.Unchanged"/>.</summary>
    /// <param name="domain">A domain's name; other scripts than Latin are turned into their ASCII form.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<AdminOutcome> CreateAsync(string domain, Operator by, CancellationToken cancellationToken = default);

    /// <summary>What deciding so would do to people now. Nothing for what is neither verified nor blocked, nor a domain's name.</summary>
    Task<DomainEffect> PreviewAsync(string domain, string status, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists a domain if it is not listed, and decides. It holds for who registers or confirms from now on. Blocking also
    /// blocks its people and ends their sessions, verifying verifies the confirmed ones: in batches after the decision was
    /// committed, so that nobody waits long. Where that broke off, deciding the same once more goes on with the rest.
    /// Lifting a block leaves people blocked: that was decided about each of them.
    /// </summary>
    /// <param name="domain">A domain's name; other scripts than Latin are turned into their ASCII form.</param>
    /// <param name="status">new, moderated, verified or blocked.</param>
    /// <param name="by">Who does it. To block needs a recent proof; their own account and the last administrator's are never blocked.</param>
    /// <param name="progress">Told after each batch how many people have followed; null for nobody.</param>
    /// <param name="cancellationToken">Stops before the commit of the decision, or between two batches of people.</param>
    Task<AdminOutcome> SetAsync(string domain, string status, Operator by, Action<long>? progress, CancellationToken cancellationToken = default);

    /// <summary>The same, with nobody told how far it is.</summary>
    Task<AdminOutcome> SetAsync(string domain, string status, Operator by, CancellationToken cancellationToken = default) =>
        SetAsync(domain, status, by, progress: null, cancellationToken);

    /// <summary>
    /// Changes what is known of a listed domain and decides about it, all of it or nothing; what was decided reaches its people
    /// as <see cref="SetAsync(string, string, Operator, CancellationToken)"/> has it. Answers <see cref="AdminOutcome.Conflict"/> when somebody changed it since it was read.
    /// </summary>
    /// <param name="domain">A listed domain's name.</param>
    /// <param name="edit">What it is to be.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="progress">Told after each batch how many people have followed; null for nobody.</param>
    /// <param name="cancellationToken">Stops before the commit, or between two batches of people.</param>
    Task<AdminOutcome> EditAsync(string domain, DomainEdit edit, Operator by, Action<long>? progress, CancellationToken cancellationToken = default);

    /// <summary>The same, with nobody told how far it is.</summary>
    Task<AdminOutcome> EditAsync(string domain, DomainEdit edit, Operator by, CancellationToken cancellationToken = default) =>
        EditAsync(domain, edit, by, progress: null, cancellationToken);

    /// <summary>Takes a domain that has no users off the list, with what was decided about it.</summary>
    /// <param name="domain">Which.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="version">The version that was read: another one there now answers <see cref="AdminOutcome.Conflict"/>. Null deletes whatever is there.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<AdminOutcome> DeleteAsync(string domain, Operator by, string? version = null, CancellationToken cancellationToken = default);
}
