using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Users;

namespace Portal.Accounts.SignIn;

/// <summary>Mails people of a sign-in in a browser that they had not used before, with a link that ends it.</summary>
internal sealed class NewDeviceNotice(OneTimeLinks links, Outbox outbox, IOptions<ExternalProvidersOptions> providers, IOptions<PortalOptions> portal)
{
    internal static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(24);

    /// <summary>Promises the mail in the transaction that begins the session. The very first sign-in of an account is news to nobody.</summary>
    public async Task AddAsync(PortalDbContext context, UserSession session, CancellationToken cancellationToken)
    {
        var user = await context.Users
            .Where(row => row.Id == session.UserId && context.LoginInformation.Any(login => login.UserId == row.Id && login.LoginCount > 0))
            .Select(row => new { row.Email, row.UserName })
            .SingleOrDefaultAsync(cancellationToken);
        if (user is null)
        {
            return;
        }

        var (secret, expiresAt) = await links.AddAsync(
            context, OneTimeTokenPurpose.NotMe, session.UserId, session.Id, LinkLifetime, cancellationToken);
        await outbox.AddAsync(context, new AccountMail.NewDevice(
            user.Email!, session.UserId, user.UserName, portal.Value.LinkUrl(PortalLinks.NotMe, session.UserId, secret), expiresAt,
            new AuditOrigin(session.Ip, session.Country, session.Browser, session.Os).ToOccasion(session.CreatedAt))
        {
            Method = session.Method,
            Provider = session.Provider is { } scheme ? providers.Value.Find(scheme)?.DisplayName ?? scheme : null,
        }, cancellationToken);
    }
}
