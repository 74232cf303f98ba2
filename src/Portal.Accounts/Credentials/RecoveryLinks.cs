using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Data;
using Portal.Accounts.Mail;
using Portal.Accounts.Users;

namespace Portal.Accounts.Credentials;

/// <summary>Makes links for a new password and promises their mails; for an address without an account it does the same work for nobody.</summary>
internal sealed class RecoveryLinks(
    IDbContextFactory<PortalDbContext> contexts,
    OneTimeLinks links,
    AuditLog audit,
    Outbox outbox,
    TimeProvider time,
    IOptions<AccountsOptions> accounts,
    IOptions<PortalOptions> portal)
{
    /// <summary>One transaction, of the same shape whoever is found.</summary>
    /// <param name="which">Whose; may find nobody, or somebody who may not sign in.</param>
    /// <param name="mayHave">Whether whoever was found may have one more.</param>
    /// <param name="origin">From where it was asked for.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public async Task SendAsync(
        Func<PortalDbContext, IQueryable<User>> which, Func<User, bool> mayHave, AuditOrigin origin, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var user = await which(context).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (user is { IsActive: true } && mayHave(user))
        {
            await AddAsync(context, user, origin.ToOccasion(time.GetUtcNow()), isByAdministrator: false, cancellationToken);
        }
        else
        {
            await links.AddForNobodyAsync(context, OneTimeTokenPurpose.ResetPassword, cancellationToken);
            await outbox.AddAsync(context, new AccountMail.Nobody(), cancellationToken);
        }

        await audit.AddAsync(context, new AuditEntry(AuditKind.PasswordResetRequested, user?.Id) { Origin = origin }, cancellationToken);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
    }

    /// <summary>Adds a new link and its mail to the caller's transaction. Earlier ones stop working.</summary>
    public async Task AddAsync(PortalDbContext context, User user, MailOccasion occasion, bool isByAdministrator, CancellationToken cancellationToken)
    {
        var (secret, expiresAt) = await links.AddAsync(
            context, OneTimeTokenPurpose.ResetPassword, user.Id, PasswordSetter.BindingOf(user), accounts.Value.ResetPasswordWithin, cancellationToken);
        var url = portal.Value.LinkUrl(PortalLinks.ResetPassword, user.Id, secret);
        await outbox.AddAsync(
            context,
            new AccountMail.ResetPassword(user.Email!, user.Id, user.UserName, url, expiresAt, occasion) { IsByAdministrator = isByAdministrator },
            cancellationToken);
    }
}
