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
    /// Deletes a role, however many have it: they lose it a thousand at a time, each thousand in a transaction of its own, and
    /// the role goes with the last of them. One that another system provides and the administrators' own are refused. Where
    /// it ends early, stopped or because the operator administers no longer or something broke, the answer is
    /// <see cref="AdminOutcome.Done"/> with <see cref="AdminOutcome.Done.IsStopped"/>: the role stays with those who are
    /// left, and asking again goes on. It works on no thread of the caller's: a circuit goes on meanwhile.
    /// </summary>
    /// <param name="role">Which.</param>
    /// <param name="by">Who does it; asked for in each transaction.</param>
    /// <param name="version">The version that was read: another one there at the beginning answers <see cref="AdminOutcome.Conflict"/>. Null deletes whatever is there.</param>
    /// <param name="progress">Told after each thousand how many have lost it, on the thread that does it; null for nobody.</param>
    /// <param name="cancellationToken">Before the first commit it cancels; from then on it stops between two transactions.</param>
    Task<AdminOutcome> DeleteAsync(string role, Operator by, string? version = null, Action<long>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Gives a role.</summary>
    Task<AdminOutcome> AddAsync(string user, string role, Operator by, CancellationToken cancellationToken = default);

    /// <summary>Takes a role. The last administrator who can sign in keeps theirs, and nobody takes it from themself.</summary>
    Task<AdminOutcome> RemoveAsync(string user, string role, Operator by, CancellationToken cancellationToken = default);
}
