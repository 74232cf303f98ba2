using System.Net;
using System.Security.Claims;
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
            && !await AddressProof.IsReplacementAsync(context, userId, cancellationToken)
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

        return await SendAsync(
            context => search.ByLogin(context, parsed.Value),
            [ByEmail(search.Normalize(parsed.Value)), (AttemptLimiter.AddressKey("confirm", address), limit.PerAddress)],
            cancellationToken);
    }

    public async Task<ResendOutcome> ResendAsync(long userId, string? token, IPAddress? address, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (status, email) = await links.FindAsync(context, OneTimeTokenPurpose.ConfirmEmail, userId, token, cancellationToken);
        if (status is not OneTimeLinkStatus.Expired || email is null)
        {
            return new ResendOutcome.NotExpired(status is OneTimeLinkStatus.Expired ? OneTimeLinkStatus.Invalid : status);
        }

        var wait = await SendAsync(
            fresh => fresh.Users.Where(user => user.Id == userId && user.NormalizedEmail == email),
            [ByEmail(email), (AttemptLimiter.AddressKey("confirm", address), limit.PerAddress)],
            cancellationToken);
        return wait is { } retryAfter ? new ResendOutcome.Throttled(retryAfter) : new ResendOutcome.Sent();
    }

    public async Task<TimeSpan?> ResendAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker || person.IsImpersonated())
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var email = await OwnAccount.Of(context, asker).Select(user => user.NormalizedEmail).SingleOrDefaultAsync(cancellationToken);
        return email is null ? null : await SendAsync(fresh => OwnAccount.Of(fresh, asker), [ByEmail(email)], cancellationToken);
    }

    private (string Key, RateLimit Limit) ByEmail(string normalized) => ($"confirm:{normalized}", limit);

    /// <summary>Null when it was sent, or would have been had they waited for one; else how long to wait.</summary>
    private async Task<TimeSpan?> SendAsync(
        Func<PortalDbContext, IQueryable<User>> which, IReadOnlyList<(string Key, RateLimit Limit)> counted, CancellationToken cancellationToken)
    {
        var (receipt, retryAfter) = limiter.TryCount(counted);
        if (receipt is null)
        {
            return retryAfter;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var user = await which(context).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        // The same statements from here on, whoever was found: time must not tell (OWASP ASVS 6.3.8).
        var registered = await RegistrationOrigins.FindAsync(context, user?.Id ?? 0, cancellationToken);
        var isReplacement = await AddressProof.IsReplacementAsync(context, user?.Id ?? 0, cancellationToken);
        if (user is { ConfirmedAt: null, BlockedAt: null })
        {
            // How the account was made is no news to whom its address was given later.
            await confirmations.AddAsync(context, user, isReplacement ? null : registered, isReplacement, cancellationToken);
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
