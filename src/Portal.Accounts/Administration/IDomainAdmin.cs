namespace Portal.Accounts.Administration;

/// <summary>The operator's hand on e-mail domains. A decision covers subdomains that have none of their own.</summary>
public interface IDomainAdmin
{
    /// <summary>All listed domains, by name.</summary>
    Task<IReadOnlyList<DomainInfo>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists a domain as new. One listed already keeps what was decided and answers <see cref="AdminOutcome.Unchanged"/>.</summary>
    /// <param name="domain">A domain's name; other scripts than Latin are turned into their ASCII form.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<AdminOutcome> CreateAsync(string domain, Operator by, CancellationToken cancellationToken = default);

    /// <summary>Lists a domain if it is not listed, and decides. It holds for who registers or confirms from now on.</summary>
    /// <param name="domain">A domain's name; other scripts than Latin are turned into their ASCII form.</param>
    /// <param name="status">new, moderated, verified or blocked.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<AdminOutcome> SetAsync(string domain, string status, Operator by, CancellationToken cancellationToken = default);
}
