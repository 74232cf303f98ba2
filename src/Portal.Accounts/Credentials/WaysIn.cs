using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Data;

namespace Portal.Accounts.Credentials;

/// <summary>By what somebody can sign in. The last of it stays, whoever takes one of them away: their person or an operator.</summary>
internal sealed class WaysIn(IOptions<AccountsOptions> accounts, IOptions<ExternalProvidersOptions> external)
{
    private readonly List<string> schemes = [.. external.Value.Providers.Select(provider => provider.Scheme)];

    /// <summary>Whether an address that is not confirmed keeps its person out.</summary>
    public bool NeedConfirmedAddress => accounts.Value.RequireConfirmedEmail;

    /// <summary>Who could sign in now: active, confirmed where that is demanded, and with something that proves who they are.</summary>
    public IQueryable<User> Able(PortalDbContext context)
    {
        var needsConfirmation = NeedConfirmedAddress;
        return Having(context).Where(user => user.IsActive && (!needsConfirmation || user.ConfirmedAt != null));
    }

    /// <summary>Whether somebody has anything that proves who they are, able to sign in or not.</summary>
    public Task<bool> HasOneAsync(PortalDbContext context, long userId, CancellationToken cancellationToken) =>
        Having(context).AnyAsync(user => user.Id == userId, cancellationToken);

    /// <summary>Whether something is left without their password. Asked behind the person's row, as the two below, so that of two that go at once one stays.</summary>
    public Task<bool> RemainWithoutPasswordAsync(PortalDbContext context, long userId, CancellationToken cancellationToken) =>
        Having(context, withPassword: false).AnyAsync(user => user.Id == userId, cancellationToken);

    /// <summary>Whether something is left without one of their passkeys.</summary>
    /// <param name="context">With a transaction that has the row.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="passkeyId">The public id of the passkey that is to go.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public Task<bool> RemainWithoutPasskeyAsync(PortalDbContext context, long userId, string passkeyId, CancellationToken cancellationToken) =>
        Having(context, exceptPasskey: passkeyId).AnyAsync(user => user.Id == userId, cancellationToken);

    /// <summary>Whether something is left without one of their identities.</summary>
    /// <param name="context">With a transaction that has the row.</param>
    /// <param name="userId">Whose.</param>
    /// <param name="identityId">The public id of the identity that is to go.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public Task<bool> RemainWithoutIdentityAsync(PortalDbContext context, long userId, string identityId, CancellationToken cancellationToken) =>
        Having(context, exceptIdentity: identityId).AnyAsync(user => user.Id == userId, cancellationToken);

    /// <summary>Who has something that proves who they are, and would have without what is left out; no id is empty.</summary>
    private IQueryable<User> Having(PortalDbContext context, bool withPassword = true, string exceptPasskey = "", string exceptIdentity = "")
    {
        var isLocal = accounts.Value.LocalLogin;
        var providers = context.RowsOf(schemes);
        return context.Users.Where(user =>
            (isLocal && ((withPassword && user.PasswordHash != null)
                || context.UserPasskeys.Any(passkey => passkey.UserId == user.Id && passkey.Id != exceptPasskey)))
            || context.UserLogins.Any(login => login.UserId == user.Id && login.Id != exceptIdentity && providers.Contains(login.LoginProvider)));
    }
}
