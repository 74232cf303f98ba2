namespace Portal.Accounts.Administration;

/// <summary>The operator's hand on roles. What changes takes effect in the person's open pages at once. Who may read is the caller's to decide; a change asks for itself.</summary>
public interface IRoleAdmin
{
    /// <summary>All roles, by name.</summary>
    Task<IReadOnlyList<RoleInfo>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes a role. An existing name is left as it is and answers <see cref="AdminOutcome.Unchanged"/>.</summary>
    Task<AdminOutcome> CreateAsync(string name, string? description, Operator by, CancellationToken cancellationToken = default);

    /// <summary>Gives a role.</summary>
    Task<AdminOutcome> AddAsync(string user, string role, Operator by, CancellationToken cancellationToken = default);

    /// <summary>Takes a role. The last active administrator keeps theirs, and nobody takes it from themself.</summary>
    Task<AdminOutcome> RemoveAsync(string user, string role, Operator by, CancellationToken cancellationToken = default);
}
