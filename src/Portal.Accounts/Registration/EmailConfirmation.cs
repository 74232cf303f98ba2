using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
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
    UserSearch search,
    SessionEnder ender,
    AccountEvents events,
    AuditLog audit,
    AttemptLimiter limiter,
    Outbox outbox,
    TimeProvider time,
    IOptions<AccountsOptions> accounts,
    IOptions<PortalOptions> portal,
    IOptions<RateLimitsOptions> limits,
    ILogger<EmailConfirmation> logger)
{
    private readonly RateLimit limit = RateLimit.Parse(limits.Value.Confirmation)!;

    /// <summary>Adds a new link and its mail to the caller's transaction.</summary>
    public async Task AddMailAsync(PortalDbContext context, User user, CancellationToken cancellationToken)
    {
        var (secret, expiresAt) = await links.AddAsync(
            context, OneTimeTokenPurpose.ConfirmEmail, user.Id, user.NormalizedEmail, accounts.Value.ConfirmEmailWithin, cancellationToken);
        var id = user.Id.ToString(CultureInfo.InvariantCulture);
        await outbox.AddAsync(context, new AccountMail.ConfirmEmail(
            user.Email!, user.Id, user.UserName, portal.Value.AbsoluteUrl($"/confirm-email?user={id}&token={secret}"), expiresAt), cancellationToken);
    }

    public async Task<OneTimeLinkStatus> StatusOfAsync(long userId, string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await links.StatusOfAsync(context, OneTimeTokenPurpose.ConfirmEmail, userId, token, cancellationToken);
    }

    public async Task<OneTimeLinkStatus> ConfirmAsync(long userId, string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
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

        var ended = await ApplyAsync(context, user, cancellationToken);
        var changed = new AccountEvent.UserChanged(userId);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        ender.Announce(ended);
        events.Publish(changed);
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
        if (user is { ConfirmedAt: null, BlockedAt: null })
        {
            await AddMailAsync(context, user, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
            outbox.Wake();
        }

        return null;
    }

    /// <summary>What an address proved means for the account: confirmed, and what its domain says.</summary>
    private async Task<IReadOnlyList<AccountEvent.SessionsEnded>> ApplyAsync(PortalDbContext context, User user, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        user.EmailConfirmed = true;
        user.ConfirmedAt ??= now;
        await audit.AddAsync(context, new AuditEntry(AuditKind.EmailConfirmed, user.Id) { ActorId = user.Id }, cancellationToken);
        if (user.Domain is not { } domain)
        {
            return [];
        }

        await EmailDomainRules.RememberAsync(context, domain, cancellationToken);
        switch (await EmailDomainRules.StatusOfAsync(context, domain, cancellationToken))
        {
            case EmailDomainStatus.Verified:
                if (user.VerifiedAt is null)
                {
                    user.VerifiedAt = now;
                    await audit.AddAsync(context, ByDomain(AuditKind.Verified, user.Id, domain), cancellationToken);
                }

                return [];
            case EmailDomainStatus.Blocked:
                (user.IsActive, user.BlockedAt, user.VerifiedAt) = (false, now, null);
                await audit.AddAsync(context, ByDomain(AuditKind.Blocked, user.Id, domain), cancellationToken);
                // The user's row first, as everywhere: a sign-in at the same time sees this or is seen by it.
                await context.SaveChangesAsync(cancellationToken);
                return await ender.MarkAsync(context, SessionFilter.AllOf(user.Id), new SessionEnd(SessionEndReason.Blocked), cancellationToken);
            default:
                return [];
        }
    }

    private static AuditEntry ByDomain(AuditKind kind, long userId, string domain) =>
        new(kind, userId) { Details = new Dictionary<string, object?> { ["reason"] = "domain", ["domain"] = domain } };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} confirmed their address.")]
        public static partial void Confirmed(ILogger logger, long userId);
    }
}
