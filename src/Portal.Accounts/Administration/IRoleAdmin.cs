namespace Portal.Accounts.Administration;

/// <summary>The operator's hand on roles. What changes takes effect in the person's open pages at once.</summary>
public interface IRoleAdmin
{
    /// <summary>All roles, by name.</summary>
    Task<IReadOnlyList<RoleInfo>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes a role. An existing name is left as it is and answers <see cref="AdminOutcome.Unchanged"/>.</summary>
    Task<AdminOutcome> CreateAsync(string name, string? description, CancellationToken cancellationToken = default);

    /// <summary>Gives a role.</summary>
    Task<AdminOutcome> AddAsync(string user, string role, CancellationToken cancellationToken = default);

    /// <summary>Takes a role. The last active administrator keeps theirs.</summary>
    Task<AdminOutcome> RemoveAsync(string user, string role, CancellationToken cancellationToken = default);
}
