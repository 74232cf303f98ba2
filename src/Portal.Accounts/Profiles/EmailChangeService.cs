using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Accounts.Audit;
using Portal.Accounts.Credentials;
using Portal.Accounts.Data;
using Portal.Accounts.Domains;
using Portal.Accounts.Events;
using Portal.Accounts.Mail;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Profiles;

/// <summary>The wish for another address, by its person. What its links do is <see cref="EmailChangeLinks"/>'s.</summary>
internal sealed partial class EmailChangeService(
    IDbContextFactory<PortalDbContext> contexts,
    EmailChangeLinks changes,
    OneTimeLinks links,
    RecentAuthentication recent,
    UserSearch search,
    AttemptLimiter limiter,
    AuditLog audit,
    AccountEvents events,
    Outbox outbox,
    TimeProvider time,
    IOptions<AccountsOptions> accounts,
    IOptions<PortalOptions> portal,
    IOptions<RateLimitsOptions> limits,
    ILogger<EmailChangeService> logger) : IEmailChangeService
{
    private readonly RateLimit limit = RateLimit.Parse(limits.Value.Confirmation)!;

    public async Task<EmailChangeInfo?> FindAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var open = EmailWish.OpenLinks(context, time.GetUtcNow());
        return await OwnAccount.Of(context, asker)
            .Select(user => new EmailChangeInfo(
                user.Email!,
                user.EmailConfirmed,
                user.NewEmail,
                open.Where(link => link.UserId == user.Id).Max(link => (DateTimeOffset?)link.ExpiresAt)))
            .SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<EmailChangeOutcome> RequestAsync(ClaimsPrincipal person, string newEmail, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker)
        {
            return new EmailChangeOutcome.Gone();
        }

        if (person.IsImpersonated())
        {
            return new EmailChangeOutcome.Impersonating();
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await OwnAccount.Of(context, asker).TakeAndReadAsync(cancellationToken) is not { } user)
        {
            return new EmailChangeOutcome.Gone();
        }

        // What was typed wrong is told first: nobody proves who they are for an address that is refused afterwards.
        if (!EmailAddress.TryParse(newEmail, out var address))
        {
            return Refused(EmailDomainRules.NoAddress(newEmail));
        }

        var normalized = search.Normalize(address.Value);
        if (normalized == user.NormalizedEmail)
        {
            return Refused("This is the account's address already. Type the one it is to become.");
        }

        if (await EmailDomainRules.StatusOfAsync(context, address.Domain, cancellationToken) is EmailDomainStatus.Blocked)
        {
            return Refused(EmailDomainRules.BlockedMessage);
        }

        if (!await recent.IsRecentAsync(context, asker, cancellationToken))
        {
            return new EmailChangeOutcome.NeedsRecentAuthentication();
        }

        // Counted with the other confirmation mails to that address, whoever asked for them, and by account, so that
        // nobody sends mails to one stranger after the other.
        var (receipt, retryAfter) = limiter.TryCount(($"confirm:{normalized}", limit), ($"change-email:{user.Id}", limit));
        if (receipt is null)
        {
            return Refused(TooMany(retryAfter));
        }

        var expiresAt = await AskAsync(context, user, asker, address.Value, normalized, cancellationToken);
        var changed = new AccountEvent.UserChanged(user.Id);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        outbox.Wake();
        events.Publish(changed);
        Log.Requested(logger, user.Id);
        return new EmailChangeOutcome.Requested(expiresAt);
    }

    public async Task<bool> CancelAsync(ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        if (SessionAsker.Of(person) is not { } asker || person.IsImpersonated())
        {
            return false;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        if (await OwnAccount.Of(context, asker).TakeAndReadAsync(cancellationToken) is not { NewEmail: { } wish } user)
        {
            return false;
        }

        await changes.CallOffAsync(context, user, cancellationToken);
        await audit.AddAsync(context, new AuditEntry(AuditKind.EmailChangeStopped, user.Id)
        {
            ActorId = user.Id,
            SessionId = asker.SessionId,
            Details = new Dictionary<string, object?> { ["after"] = wish },
        }, cancellationToken);
        var changed = new AccountEvent.UserChanged(user.Id);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        events.Publish(changed);
        return true;
    }

    public Task<OneTimeLinkStatus> StatusOfAsync(long userId, string? token, CancellationToken cancellationToken) =>
        changes.StatusOfAsync(OneTimeTokenPurpose.ChangeEmail, userId, token, cancellationToken);

    public Task<string?> NewEmailOfAsync(long userId, string? token, CancellationToken cancellationToken) =>
        changes.NewEmailOfAsync(userId, token, cancellationToken);

    public Task<NewEmailOutcome> ConfirmAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken) =>
        changes.ConfirmAsync(http, userId, token, cancellationToken);

    public Task<OneTimeLinkStatus> StatusOfStopAsync(long userId, string? token, CancellationToken cancellationToken) =>
        changes.StatusOfAsync(OneTimeTokenPurpose.StopEmailChange, userId, token, cancellationToken);

    public Task<OneTimeLinkStatus> StopAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken) =>
        changes.StopAsync(http, userId, token, cancellationToken);

    private static EmailChangeOutcome Refused(string message) => new EmailChangeOutcome.Invalid([new FieldError("NewEmail", message)]);

    private static string TooMany(TimeSpan retryAfter)
    {
        var minutes = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalMinutes));
        var wait = minutes == 1 ? "a minute" : string.Create(CultureInfo.InvariantCulture, $"{minutes} minutes");
        return $"Too many mails were asked for lately. Try again in {wait}.";
    }

    /// <summary>Writes the wish down and promises the mails. A taken address leaves the same rows as a free one, so that nothing tells them apart.</summary>
    internal async Task<DateTimeOffset> AskAsync(
        PortalDbContext context, User user, SessionAsker asker, string newEmail, string normalized, CancellationToken cancellationToken)
    {
        var lifetime = accounts.Value.ConfirmEmailWithin;
        var (secret, expiresAt) = await links.AddAsync(context, OneTimeTokenPurpose.ChangeEmail, user.Id, normalized, lifetime, cancellationToken);
        var (stop, _) = await links.AddAsync(context, OneTimeTokenPurpose.StopEmailChange, user.Id, normalized, lifetime, cancellationToken);
        user.NewEmail = newEmail;

        var origin = await AuditLog.OriginOfAsync(context, asker.SessionId, cancellationToken);
        var occasion = origin.ToOccasion(time.GetUtcNow());
        var owner = await context.Users.AsNoTracking()
            .Where(other => other.NormalizedEmail == normalized)
            .Select(other => new { other.Id, other.Email, other.UserName })
            .SingleOrDefaultAsync(cancellationToken);
        await outbox.AddAsync(
            context,
            owner is null
                ? new AccountMail.ConfirmNewEmail(newEmail, user.Id, user.UserName, portal.Value.LinkUrl(PortalLinks.ConfirmNewEmail, user.Id, secret), expiresAt, occasion)
                : new AccountMail.AlreadyRegistered(
                    owner.Email!, owner.Id, owner.UserName, portal.Value.AbsoluteUrl(PortalLinks.SignIn), portal.Value.RecoveryUrl(accounts.Value), occasion)
                { IsReplacement = true },
            cancellationToken);
        await outbox.AddAsync(
            context,
            new AccountMail.EmailChangeAsked(user.Email!, user.Id, user.UserName, newEmail, portal.Value.LinkUrl(PortalLinks.StopEmailChange, user.Id, stop), expiresAt, occasion),
            cancellationToken);
        await audit.AddAsync(context, new AuditEntry(AuditKind.EmailChangeRequested, user.Id)
        {
            ActorId = user.Id,
            SessionId = asker.SessionId,
            Origin = origin,
            Details = new Dictionary<string, object?> { ["before"] = user.Email, ["after"] = newEmail },
        }, cancellationToken);
        return expiresAt;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} asked for another address.")]
        public static partial void Requested(ILogger logger, long userId);
    }
}
