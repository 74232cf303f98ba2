using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Users;

namespace Portal.Accounts.Credentials;

/// <summary>Makes links that confirm an address, whoever gave it, and promises their mails.</summary>
internal sealed class ConfirmationLinks(OneTimeLinks links, Outbox outbox, IOptions<AccountsOptions> accounts, IOptions<PortalOptions> portal)
{
    /// <summary>Adds a new link and its mail to the caller's transaction.</summary>
    /// <param name="context">The caller's.</param>
    /// <param name="user">Whose address is to be confirmed.</param>
    /// <param name="registered">When and from where the account was made; null when unknown.</param>
    /// <param name="isReplacement">Whether an operator gave an account another address.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task AddAsync(PortalDbContext context, User user, MailOccasion? registered, bool isReplacement, CancellationToken cancellationToken)
    {
        var (secret, expiresAt) = await links.AddAsync(
            context, OneTimeTokenPurpose.ConfirmEmail, user.Id, user.NormalizedEmail, accounts.Value.ConfirmEmailWithin, cancellationToken);
        var url = portal.Value.LinkUrl(PortalLinks.ConfirmEmail, user.Id, secret);
        await outbox.AddAsync(
            context,
            new AccountMail.ConfirmEmail(user.Email!, user.Id, user.UserName, url, expiresAt, registered) { IsReplacement = isReplacement },
            cancellationToken);
    }
}
