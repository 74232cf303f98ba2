using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials.Factors;
using Portal.Accounts.Data;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.Passwords;
using Portal.Accounts.Sessions;

namespace Portal.Accounts.Credentials;

/// <summary>The one path on which the password of an existing account is replaced, by whom and for whatever reason.</summary>
/// <remarks>
/// Inside the caller's transaction, the user's row first: the hash is exchanged only while it still is the one that was
/// proved or that a link was made for; then the sessions end, links for a new password are spent, the event is written and
/// the mail promised. The caller saves, commits, and announces the end.
/// </remarks>
internal sealed class PasswordSetter(
    PasswordRules rules,
    HashingQueue hashing,
    SessionEnder ender,
    AuditLog audit,
    EmailWish wish,
    Outbox outbox,
    TimeProvider time,
    IOptions<PasswordsOptions> options,
    IOptions<AccountsOptions> accounts,
    IOptions<PortalOptions> portal)
{
    /// <summary>The name of the field that holds a new password, in whatever form.</summary>
    public const string PasswordField = "Password";

    /// <summary>
    /// What a link for a new password is bound to: the password it replaces and the address it was sent to. Any other way of
    /// setting one, and a change of address, make it useless.
    /// </summary>
    public static string BindingOf(User user) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes($"{user.NormalizedEmail}\n{user.PasswordHash}")));

    /// <summary>Every reason to refuse a new password; empty when it is fine. Beside a second factor that stays it may be shorter.</summary>
    public async Task<IReadOnlyList<FieldError>> CheckAsync(
        PortalDbContext context, string password, User user, bool losesSecondFactor, CancellationToken cancellationToken)
    {
        var person = new PasswordContext(user.Email, user.UserName, await MayBeShortAsync(context, user.Id, losesSecondFactor, cancellationToken));
        return [.. (await rules.CheckAsync(password, person, cancellationToken)).Select(message => new FieldError(PasswordField, message))];
    }

    /// <summary>How many characters a new password of theirs must have at least.</summary>
    public async Task<int> MinimumLengthAsync(PortalDbContext context, long userId, bool losesSecondFactor, CancellationToken cancellationToken) =>
        await MayBeShortAsync(context, userId, losesSecondFactor, cancellationToken) ? options.Value.MinimumLengthWithSecondFactor : options.Value.MinimumLength;

    /// <exception cref="HashingQueueFullException">Too many people are at it.</exception>
    public async Task<NewPasswordHash> HashAsync(string password, CancellationToken cancellationToken) => new(
        await hashing.HashAsync(password, cancellationToken),
        PasswordText.TryNormalize(password, out var normalized) && PasswordText.CountCharacters(normalized) < options.Value.MinimumLength);

    /// <summary>Exchanges the hash. Null, with nothing changed, when it is no longer <paramref name="user"/>'s or they may not sign in.</summary>
    /// <param name="context">With a transaction.</param>
    /// <param name="user">As read, with the hash to be replaced. Not tracked.</param>
    /// <param name="replacement">The new one.</param>
    /// <param name="change">What happened.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task<IReadOnlyList<AccountEvent.SessionsEnded>?> SetAsync(
        PortalDbContext context, User user, NewPasswordHash replacement, PasswordChange change, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (replaced, stamp) = (user.PasswordHash, Guid.CreateVersion7().ToString());
        // A short one was chosen beside a second factor, which may have been removed since.
        if (await context.Users
            .Where(row => row.Id == user.Id && row.IsActive && row.PasswordHash == replaced
                && (!replacement.IsShort || context.Authenticators.Any(app => app.UserId == row.Id)))
            .ExecuteUpdateAsync(
                row => row.SetProperty(found => found.PasswordHash, replacement.Hash)
                    .SetProperty(found => found.HasShortPassword, replacement.IsShort)
                    .SetProperty(found => found.SecurityStamp, stamp)
                    .SetProperty(found => found.AccessFailedCount, 0)
                    .SetProperty(found => found.UpdatedAt, now),
                cancellationToken) == 0)
        {
            return null;
        }

        await TrustedBrowsers.ForgetAllAsync(context, user.Id, cancellationToken);
        var ended = await ender.MarkAsync(context, change.Ends, new SessionEnd(SessionEndReason.PasswordChanged, change.ActorId), cancellationToken);
        await context.OneTimeTokens
            .Where(token => token.UserId == user.Id && token.Purpose == OneTimeTokenPurpose.ResetPassword && token.UsedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(token => token.UsedAt, now), cancellationToken);
        // Who asked for another address may be whom the password is changed against.
        await wish.CallOffAsync(
            context, new AuditEntry(change.Kind, user.Id) { ActorId = change.ActorId, SessionId = change.SessionId, Origin = change.Origin }, user.Id, cancellationToken);
        var count = ended.Sum(happened => happened.SessionIds.Count);
        await audit.AddAsync(context, new AuditEntry(change.Kind, user.Id)
        {
            ActorId = change.ActorId,
            SessionId = change.SessionId,
            Origin = change.Origin,
            Details = new Dictionary<string, object?> { ["ended_sessions"] = count },
        }, cancellationToken);
        if (change.Kind is AuditKind.InvitationAccepted)
        {
            // The first one they have: there is nothing to warn of.
            return ended;
        }

        await outbox.AddAsync(context, new AccountMail.PasswordChanged(
            user.Email!, user.Id, user.UserName, count,
            portal.Value.RecoveryUrl(accounts.Value), change.Origin.ToOccasion(now)), cancellationToken);
        return ended;
    }

    private static async Task<bool> MayBeShortAsync(PortalDbContext context, long userId, bool losesSecondFactor, CancellationToken cancellationToken) =>
        !losesSecondFactor && await Authenticators.HasOneAsync(context, userId, cancellationToken);
}
