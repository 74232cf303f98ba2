using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;

namespace Portal.Accounts.Credentials;

/// <summary>Counts an account's wrong passwords in a row, in its row: the limits by time forget, and each node and each name that is typed has its own.</summary>
/// <remarks>
/// A password from a browser that the account does not know is not compared any more once <see cref="MaxInARow"/> were wrong
/// (NIST SP 800-63B-4, section 3.2.2). Known browsers, running sessions, passkeys, providers and a new password go on, so
/// that a stranger locks nobody out; the right password given there, a new one, and an operator (<see cref="UserMove.Activate"/>)
/// set the count back. The column is Identity's own; of its lockout nothing else is used.
/// </remarks>
internal sealed class WrongPasswords(Outbox outbox, TimeProvider time, IOptions<AccountsOptions> accounts, IOptions<PortalOptions> portal)
{
    public const int MaxInARow = 100;

    private const long Nobody = 0;

    /// <summary>Whether a password that they have is not compared any more but in browsers that the account knows.</summary>
    public static bool AreTooMany(User user) => user is { PasswordHash: not null, AccessFailedCount: >= MaxInARow };

    /// <summary>
    /// Counts one in the caller's transaction, with the same statements whoever's it was; the last one promises a mail. True when
    /// the outbox is to be woken after the commit.
    /// </summary>
    /// <param name="context">With a transaction. Saved by the caller.</param>
    /// <param name="userId">Whose password; null for nobody's.</param>
    /// <param name="origin">From where it was tried.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task<bool> CountAsync(PortalDbContext context, long? userId, AuditOrigin origin, CancellationToken cancellationToken)
    {
        var id = userId ?? Nobody;
        var isCounted = await context.Users.Where(row => row.Id == id && row.AccessFailedCount < MaxInARow)
            .ExecuteUpdateAsync(row => row.SetProperty(found => found.AccessFailedCount, found => found.AccessFailedCount + 1), cancellationToken) == 1;
        var person = await context.Users.Where(row => row.Id == id && row.IsActive && row.PasswordHash != null && row.ConfirmedAt != null && row.AccessFailedCount >= MaxInARow)
            .Select(row => new { row.Email, row.UserName }).SingleOrDefaultAsync(cancellationToken);
        if (!isCounted || person is null)
        {
            return false;
        }

        await outbox.AddAsync(context, new AccountMail.PasswordGuessed(
            person.Email!, id, person.UserName, portal.Value.AbsoluteUrl(PortalLinks.SignIn), portal.Value.RecoveryUrl(accounts.Value),
            origin.ToOccasion(time.GetUtcNow())), cancellationToken);
        return true;
    }

    /// <summary>Forgets them after a right one; at once. False, with nothing changed, when they were too many meanwhile and that still counts.</summary>
    public static async Task<bool> ForgiveAsync(PortalDbContext context, long userId, bool evenTooMany, CancellationToken cancellationToken) =>
        await context.Users.Where(row => row.Id == userId && (evenTooMany || row.AccessFailedCount < MaxInARow))
            .ExecuteUpdateAsync(row => row.SetProperty(found => found.AccessFailedCount, 0), cancellationToken) == 1;
}
