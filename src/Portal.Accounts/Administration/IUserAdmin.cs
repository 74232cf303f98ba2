using Portal.Accounts.Credentials;

namespace Portal.Accounts.Administration;

/// <summary>
/// The operator's hand on users. Who may read is the caller's to decide; a change asks for itself. A user is named by id,
/// address or username. Nobody takes anything from themself here, and the last administrator who can sign in cannot be lost.
/// </summary>
public interface IUserAdmin
{
    /// <summary>Makes an account under the same rules as registration, without a mail. An existing address or name is refused.</summary>
    Task<AdminOutcome> CreateAsync(NewUser user, Operator by, CancellationToken cancellationToken = default);

    /// <summary>
    /// Makes an account and mails its person a link, good once and for 7 days, by which they choose their own password and
    /// confirm the address. Nobody else ever knows a password of it.
    /// </summary>
    Task<AdminOutcome> InviteAsync(Invitation invitation, Operator by, CancellationToken cancellationToken = default);

    /// <summary>One user; null when there is none.</summary>
    Task<UserInfo?> FindAsync(string user, CancellationToken cancellationToken = default);

    /// <summary>Everything about one user; null when there is none.</summary>
    Task<UserDetails?> DetailsAsync(string user, CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves somebody to another state. Deactivating and blocking end all their sessions in the same transaction; their open
    /// pages leave at once, and a mail tells them. So already answers <see cref="AdminOutcome.Unchanged"/>.
    /// </summary>
    /// <param name="user">Who.</param>
    /// <param name="move">Where to.</param>
    /// <param name="reason">Kept in the log, at most 500 characters; null for none, which blocking refuses.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<AdminOutcome> MoveAsync(string user, UserMove move, string? reason, Operator by, CancellationToken cancellationToken = default);

    /// <summary><see cref="UserMove.Activate"/>, without a reason.</summary>
    Task<AdminOutcome> ActivateAsync(string user, Operator by, CancellationToken cancellationToken = default);

    /// <summary><see cref="UserMove.Deactivate"/>, without a reason.</summary>
    Task<AdminOutcome> DeactivateAsync(string user, Operator by, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes fields of a user. Another address is unconfirmed until its person follows the link mailed to it; the former
    /// one is told. Answers <see cref="AdminOutcome.Conflict"/> when somebody else changed the same fields meanwhile.
    /// </summary>
    Task<AdminOutcome> EditAsync(string user, UserEdit edit, Operator by, CancellationToken cancellationToken = default);

    /// <summary>Mails them a link for a new password; to who was invited and has none yet, another invitation.</summary>
    Task<AdminOutcome> SendResetAsync(string user, Operator by, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a second factor that its person lost: authenticator app, recovery codes, trusted browsers. All their sessions end; a mail
    /// tells them. Without one answers <see cref="AdminOutcome.Unchanged"/>.
    /// </summary>
    /// <param name="user">Who; not the operator's own account.</param>
    /// <param name="reason">Kept in the log, at most 500 characters; required.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<AdminOutcome> RemoveFactorAsync(string user, string? reason, Operator by, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a passkey that its person lost, or that is not theirs. All their sessions end; a mail tells them. Refused where
    /// it is their last way in. One that is not there answers <see cref="AdminOutcome.Unchanged"/>.
    /// </summary>
    /// <param name="user">Who; not the operator's own account.</param>
    /// <param name="passkey">The passkey's public id.</param>
    /// <param name="reason">Kept in the log, at most 500 characters; required.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<AdminOutcome> RemovePasskeyAsync(string user, string passkey, string? reason, Operator by, CancellationToken cancellationToken = default);

    /// <summary>Deletes the account for good. The log keeps that and why, without what is personal; a mail tells them.</summary>
    /// <param name="user">Who.</param>
    /// <param name="reason">Kept in the log, at most 500 characters; required.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="version">The version that was read: another one there now answers <see cref="AdminOutcome.Conflict"/>. Null deletes whatever is there.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    Task<AdminOutcome> DeleteAsync(string user, string? reason, Operator by, string? version = null, CancellationToken cancellationToken = default);
}
