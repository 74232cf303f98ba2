using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;

namespace Portal.Accounts.Credentials;

/// <summary>By what somebody can sign in. The last of it cannot be taken from an account by its own person.</summary>
internal sealed class WaysIn(IOptions<AccountsOptions> accounts)
{
    /// <summary>Whether something is left without one of their passkeys. Asked behind the person's row, so that of two that go at once one stays.</summary>
    /// <param name="context">With a transaction that has the row.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="passkeyId">The public id of the passkey that is to go.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public async Task<bool> RemainWithoutPasskeyAsync(PortalDbContext context, long userId, string passkeyId, CancellationToken cancellationToken) =>
        (accounts.Value.LocalLogin && await context.Users.AnyAsync(user => user.Id == userId && user.PasswordHash != null, cancellationToken))
        || await context.UserPasskeys.AnyAsync(passkey => passkey.UserId == userId && passkey.Id != passkeyId, cancellationToken);
}
