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
using Portal.Accounts.Passwords;
using Portal.Accounts.RateLimits;
using Portal.Accounts.Sessions;
using Portal.Accounts.Users;

namespace Portal.Accounts.Recovery;

internal sealed partial class RecoveryService(
    IDbContextFactory<PortalDbContext> contexts,
    OneTimeLinks links,
    RecoveryLinks recovery,
    PasswordSetter setter,
    UserSearch search,
    AddressProof proof,
    WaysInRemoval removal,
    AttemptLimiter limiter,
    SessionEnder ender,
    AccountEvents events,
    Outbox outbox,
    RequestOrigins origins,
    IOptions<AccountsOptions> accounts,
    IOptions<PasswordsOptions> passwords,
    IOptions<RateLimitsOptions> limits,
    ILogger<RecoveryService> logger) : IRecoveryService, IInvitationService
{
    private static readonly FieldError NoAddress = new("Email", "This is not an email address. Write it like name@example.org.");

    private readonly RateLimit limit = RateLimit.Parse(limits.Value.Recovery)!;

    public async Task<RecoveryOutcome> RequestAsync(HttpContext http, string login, CancellationToken cancellationToken)
    {
        if (!accounts.Value.Recovery)
        {
            return new RecoveryOutcome.Disabled();
        }

        // What is counted is kept for a while, whatever its length.
        login = login.Length > UserSearch.MaxLoginLength ? login[..UserSearch.MaxLoginLength] : login;
        if (!login.Contains('@'))
        {
            return await SendAsync(http, search.Normalize(login), context => search.ByLogin(context, login), cancellationToken);
        }

        return EmailAddress.TryParse(login, out var address)
            ? await SendAsync(http, search.Normalize(address.Value), context => search.ByLogin(context, address.Value), cancellationToken)
            : new RecoveryOutcome.Invalid([NoAddress]);
    }

    public async Task<RecoveryOutcome> RequestAgainAsync(HttpContext http, long userId, string? token, CancellationToken cancellationToken)
    {
        if (!accounts.Value.Recovery)
        {
            return new RecoveryOutcome.Disabled();
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var status = await links.StatusOfAsync(context, OneTimeTokenPurpose.ResetPassword, userId, token, cancellationToken);
        var normalized = status is OneTimeLinkStatus.Expired
            ? await context.Users.Where(user => user.Id == userId).Select(user => user.NormalizedEmail).SingleOrDefaultAsync(cancellationToken)
            : null;
        return normalized is null
            ? new RecoveryOutcome.Unusable(status)
            : await SendAsync(http, normalized, fresh => fresh.Users.Where(user => user.Id == userId), cancellationToken);
    }

    public async Task<OneTimeLinkStatus> StatusOfAsync(long userId, string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await links.StatusOfAsync(context, OneTimeTokenPurpose.ResetPassword, userId, token, cancellationToken);
    }

    public async Task<int> MinimumLengthAsync(long userId, string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await links.StatusOfAsync(context, OneTimeTokenPurpose.ResetPassword, userId, token, cancellationToken) is OneTimeLinkStatus.Usable
            ? await setter.MinimumLengthAsync(context, userId, await AddressProof.IsMissingAsync(context, userId, cancellationToken), cancellationToken)
            : passwords.Value.MinimumLength;
    }

    public async Task<RecoveryOutcome> ResetAsync(HttpContext http, long userId, string? token, string password, CancellationToken cancellationToken) =>
        accounts.Value.Recovery
            ? await SetByLinkAsync(http, OneTimeTokenPurpose.ResetPassword, AuditKind.PasswordReset, userId, token, password, cancellationToken)
            : new RecoveryOutcome.Disabled();

    async Task<OneTimeLinkStatus> IInvitationService.StatusOfAsync(long userId, string? token, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await links.StatusOfAsync(context, OneTimeTokenPurpose.Invitation, userId, token, cancellationToken);
    }

    public Task<RecoveryOutcome> AcceptAsync(HttpContext http, long userId, string? token, string password, CancellationToken cancellationToken) =>
        SetByLinkAsync(http, OneTimeTokenPurpose.Invitation, AuditKind.InvitationAccepted, userId, token, password, cancellationToken);

    /// <summary>Sets the password that a link allows to choose, once; the link came from the mailbox, which confirms it.</summary>
    private async Task<RecoveryOutcome> SetByLinkAsync(
        HttpContext http, OneTimeTokenPurpose purpose, AuditKind kind, long userId, string? token, string password, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var status = await links.StatusOfAsync(context, purpose, userId, token, cancellationToken);
        if (status is not OneTimeLinkStatus.Usable
            || await context.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == userId && row.IsActive, cancellationToken) is not { } user)
        {
            return new RecoveryOutcome.Unusable(status is OneTimeLinkStatus.Usable ? OneTimeLinkStatus.Invalid : status);
        }

        var isFirstProof = await AddressProof.IsMissingAsync(context, userId, cancellationToken);
        var errors = await setter.CheckAsync(context, password, user, losesSecondFactor: isFirstProof, cancellationToken);
        if (errors.Count > 0)
        {
            return new RecoveryOutcome.Invalid(errors);
        }

        NewPasswordHash hash;
        try
        {
            hash = await setter.HashAsync(password, cancellationToken);
        }
        catch (HashingQueueFullException full)
        {
            return new RecoveryOutcome.Throttled(full.RetryAfter);
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var change = new PasswordChange(kind, SessionFilter.AllOf(userId), origins.Of(http));
        // The user's row first, as everywhere.
        await context.Users.TakeAsync(userId, cancellationToken);
        // Once more: what was read before the password was hashed may be otherwise by now.
        if (await AddressProof.IsMissingAsync(context, userId, cancellationToken))
        {
            await removal.RemoveOthersAsync(context, userId, change.Origin, cancellationToken);
        }

        if (!await links.UseAsync(context, purpose, userId, PasswordSetter.BindingOf(user), token!, cancellationToken)
            || await setter.SetAsync(context, user, hash, change, cancellationToken) is not { } ended)
        {
            // Another request used it up, or the password was replaced since it was sent.
            return new RecoveryOutcome.Unusable(OneTimeLinkStatus.Used);
        }

        // The link came from the mailbox, which is all that a confirmation proves.
        var row = await context.Users.SingleAsync(found => found.Id == userId, cancellationToken);
        var blocked = row.ConfirmedAt is null ? await proof.ApplyAsync(context, row, change.Origin, cancellationToken) : [];
        var changed = new AccountEvent.UserChanged(userId);
        events.Record(context, changed);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        var count = ender.Announce([.. ended, .. blocked]);
        events.Publish(changed);
        outbox.Wake();
        Log.Reset(logger, userId, count);
        return new RecoveryOutcome.Reset(count);
    }

    private async Task<RecoveryOutcome> SendAsync(
        HttpContext http, string normalizedLogin, Func<PortalDbContext, IQueryable<User>> which, CancellationToken cancellationToken)
    {
        var (receipt, retryAfter) = limiter.TryCount(
            ($"recovery:{normalizedLogin}", limit), (AttemptLimiter.AddressKey("recovery", http.Connection.RemoteIpAddress), limit.PerAddress));
        if (receipt is null)
        {
            return new RecoveryOutcome.Throttled(retryAfter);
        }

        // By account too, in silence: a person has two names, and an answer would tell whose they are.
        await recovery.SendAsync(which, user => limiter.TryCount(($"recovery:account:{user.Id}", limit)).Receipt is not null, origins.Of(http), cancellationToken);
        return new RecoveryOutcome.Requested();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "User {UserId} chose a new password by a link; {Count} sessions ended.")]
        public static partial void Reset(ILogger logger, long userId, int count);
    }
}
