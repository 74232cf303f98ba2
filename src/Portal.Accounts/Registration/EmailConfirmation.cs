using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Registration;

/// <summary>Confirmation links: sent, sent again, used once. Using one proves that the mailbox is theirs and nothing else.</summary>
internal sealed partial class EmailConfirmation(
    IDbContextFactory<PortalDbContext> contexts,
    OneTimeLinks links,
    ConfirmationLinks confirmations,
    UserSearch search,
    AddressProof proof,
    SessionEnder ender,
    AccountEvents events,
    AttemptLimiter limiter,
    RequestOrigins origins,
    Outbox outbox,
    IOptions<RateLimitsOptions> limits,
    ILogger<EmailConfirmation> logger)
{
    private readonly RateLimit limit = RateLimit.Parse(limits.Value.Confirmation)!;

    public async Task<OneTimeLinkStatus> StatusOfAsync(long userId, string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await links.StatusOfAsync(context, OneTimeTokenPurpose.ConfirmEmail, userId, token, cancellationToken);
    }

    public async Task<MailOccasion?> RegisteredFromAsync(long userId, string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await links.StatusOfAsync(context, OneTimeTokenPurpose.ConfirmEmail, userId, token, cancellationToken) is OneTimeLinkStatus.Usable
            ? await RegistrationOrigins.FindAsync(context, userId, cancellationToken)
            : null;
    }

    public async Task<OneTimeLinkStatus> ConfirmAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Users.TakeAsync(userId, cancellationToken);
        var status = await links.StatusOfAsync(context, OneTimeTokenPurpose.ConfirmEmail, userId, token, cancellationToken);
        if (status is not OneTimeLinkStatus.Usable)
        {
            return status;
        }

        var user = await context.Users.SingleAsync(row => row.Id == userId, cancellationToken);
        if (!await links.UseAsync(context, OneTimeTokenPurpose.ConfirmEmail, userId, user.NormalizedEmail, token!, cancellationToken))
        {
            // Another request used it up, or the address changed since it was sent.
            return OneTimeLinkStatus.Used;
        }

        var ended = await proof.ApplyAsync(context, user, origins.Of(http), cancellationToken);
        var changed = new AccountEvent.UserChanged(userId);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        ender.Announce(ended);
        events.Publish(changed);
        outbox.Wake();
        Log.Confirmed(logger, userId);
        return OneTimeLinkStatus.Usable;
    }

    public async Task<TimeSpan?> ResendAsync(string email, IPAddress? address, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(email, out var parsed))
        {
            return null;
        }

        var (receipt, retryAfter) = limiter.TryCount(
            ($"confirm:{search.Normalize(parsed.Value)}", limit), (AttemptLimiter.AddressKey("confirm", address), limit.PerAddress));
        if (receipt is null)
        {
            return retryAfter;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var user = await search.ByLogin(context, parsed.Value).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        // The same statements from here on, whoever was found: time must not tell (OWASP ASVS 6.3.8).
        var registered = await RegistrationOrigins.FindAsync(context, user?.Id ?? 0, cancellationToken);
        if (user is { ConfirmedAt: null, BlockedAt: null })
        {
            await confirmations.AddAsync(context, user, registered, isReplacement: false, cancellationToken);
        }
        else
        {
            await links.AddForNobodyAsync(context, OneTimeTokenPurpose.ConfirmEmail, cancellationToken);
            await outbox.AddAsync(context, new AccountMail.Nobody(), cancellationToken);
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} confirmed their address.")]
        public static partial void Confirmed(ILogger logger, long userId);
    }
}
