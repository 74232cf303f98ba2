namespace Portal.Accounts.Administration;

/// <summary>
/// The operator's hand on roles. What changes takes effect in the people's open pages at once. Who may read is the caller's
/// to decide; a change asks for itself. A role is named by id or name; a user by id, address or username.
/// </summary>
public interface IRoleAdmin
{
    /// <summary>All roles, by name.</summary>
    Task<IReadOnlyList<RoleInfo>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Roles by name, a page at a time, with how many people have each.</summary>
    /// <param name="text">Only those whose name begins so, whatever its case; null for all.</param>
    /// <param name="window">Which page.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    Task<ListPage<RoleDetails>> PageAsync(string? text, ListWindow window, CancellationToken cancellationToken = default);

    /// <summary>One role; null when there is none.</summary>
    Task<RoleDetails?> FindAsync(string role, CancellationToken cancellationToken = default);

    /// <summary>Who has a role, by when their account was made. Empty where there is no such role.</summary>
    Task<ListPage<RoleMember>> MembersAsync(long roleId, ListWindow window, CancellationToken cancellationToken = default);

    /// <summary>Whose address or username begins with a text, whatever its case: addresses first, each in their order.</summary>
    /// <param name="roleId">The role they may get; tells who has it already.</param>
    /// <param name="text">Two characters or more; shorter finds nobody.</param>
    /// <param name="limit">At most so many; 1 to 50.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    Task<IReadOnlyList<RoleMember>> CandidatesAsync(long roleId, string text, int limit, CancellationToken cancellationToken = default);

    /// <summary>Makes a role. An existing name is left as it is and answers <see cref="AdminOutcome.Unchanged"/>.</summary>
    Task<AdminOutcome> CreateAsync(string name, string? description, Operator by, CancellationToken cancellationToken = default);

    /// <summary>
    /// Renames a role or describes it anew, however many have it. One that another system provides and the administrators' own
    /// are refused.
    /// </summary>
    Task<AdminOutcome> EditAsync(string role, RoleEdit edit, Operator by, CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes a role; its members lose it. One that another system provides, the administrators' own, and one with more
    /// members than are counted are refused.
    /// </summary>
    /// <param name="role">Which.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="version">The version that was read: another one there now answers <see cref="AdminOutcome.Conflict"/>. Null deletes whatever is there.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<AdminOutcome> DeleteAsync(string role, Operator by, string? version = null, CancellationToken cancellationToken = default);

    /// <summary>Gives a role.</summary>
    Task<AdminOutcome> AddAsync(string user, string role, Operator by, CancellationToken cancellationToken = default);

    /// <summary>Takes a role. The last administrator who can sign in keeps theirs, and nobody takes it from themself.</summary>
    Task<AdminOutcome> RemoveAsync(string user, string role, Operator by, CancellationToken cancellationToken = default);
}
