using Microsoft.Extensions.Options;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Users;

namespace Portal.Accounts.Credentials;

/// <summary>Makes links by which somebody takes over the account that an operator made for them, and promises their mails.</summary>
internal sealed class InvitationLinks(OneTimeLinks links, Outbox outbox, IOptions<PortalOptions> portal)
{
    /// <summary>How long a person has to take their account over.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    /// <summary>Whether the person has yet to take over their account: an invitation is what they need, not a new password.</summary>
    public static bool IsOpenFor(User user) => user is { PasswordHash: null, ConfirmedAt: null };

    /// <summary>Adds a new link and its mail to the caller's transaction. Earlier ones stop working.</summary>
    public async Task AddAsync(PortalDbContext context, User user, CancellationToken cancellationToken)
    {
        var (secret, expiresAt) = await links.AddAsync(
            context, OneTimeTokenPurpose.Invitation, user.Id, PasswordSetter.BindingOf(user), Lifetime, cancellationToken);
        await outbox.AddAsync(
            context,
            new AccountMail.Invitation(user.Email!, user.Id, user.UserName, portal.Value.LinkUrl(PortalLinks.Invitation, user.Id, secret), expiresAt),
            cancellationToken);
    }
}
